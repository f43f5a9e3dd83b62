package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	apitypes "github.com/aws/aws-sdk-go-v2/service/apigateway/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	"github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks"
)

const seeded = "seeded-key-1f2e"

// decimals is how a text is printed as bytes.
func decimals(text string) string { return strings.Trim(fmt.Sprint([]byte(text)), "[]") }

func TestHiddenIsNeverShown(t *testing.T) {
	h := Hide(seeded)
	holder := struct {
		Key Hidden
		own Hidden // no method is asked how to print it
	}{h, h}
	encoded, err := json.Marshal(map[string]any{"a": h, "b": holder})
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", h, "holder", holder)
	shown := fmt.Sprintf("%v %+v %#v %s %q %x %d %v %+v", h, h, h, h, h, h, h, holder, &holder) + string(encoded) + log.String() + h.String()
	if strings.Contains(shown, seeded) || strings.Contains(shown, fmt.Sprintf("%x", seeded)) || strings.Contains(shown, decimals(seeded)) {
		t.Error(shown)
	}
	if h.Reveal() != seeded || !h.Equal(Hide(seeded)) || h.Equal(Hide("")) || !Hide("").Empty() {
		t.Error("a hidden text is not what was hidden")
	}
}

// denying answers every call with a denial.
type denying struct{ GatewayAPI }

var errDenied = &smithy.GenericAPIError{Code: "AccessDeniedException", Message: "not authorized"}

func (denying) GetRestApis(context.Context, *apigateway.GetRestApisInput, ...func(*apigateway.Options)) (*apigateway.GetRestApisOutput, error) {
	return nil, errDenied
}

func (denying) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	return nil, errDenied
}

func (denying) DescribeStacks(context.Context, *cloudformation.DescribeStacksInput, ...func(*cloudformation.Options)) (*cloudformation.DescribeStacksOutput, error) {
	return nil, errDenied
}

func TestDeniedIsAGap(t *testing.T) {
	f := &checks.Facts{}
	Collect(context.Background(), Clients{Gateway: denying{}, Secrets: denying{}, Backend: denying{}, Proxy: denying{}, SecretID: DefaultSecret}, f)
	want := map[string]string{
		"bridge.gateways": "apigateway:GET", "bridge.keys": "apigateway:GET", "bridge.secrets": "secretsmanager:GetSecretValue",
		"bridge.probes": "secretsmanager:GetSecretValue", "bridge.backend_updated": "cloudformation:DescribeStacks", "bridge.versions": "cloudformation:DescribeStacks",
	}
	told := map[string]bool{}
	for _, g := range f.Gaps {
		if action, ok := want[g.Fact]; !ok || action != g.Action {
			t.Errorf("%+v", g)
		}
		told[g.Fact] = true
	}
	if len(told) != len(want) || !f.Bridge.Asked || len(f.Bridge.Gateways) > 0 {
		t.Errorf("gaps %v, want %v", told, want)
	}
}

type oneSecret string

func (s oneSecret) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	if s == "" {
		return nil, &types.ResourceNotFoundException{}
	}
	return &secretsmanager.GetSecretValueOutput{SecretString: aws.String(string(s))}, nil
}

func TestSecret(t *testing.T) {
	for text, want := range map[string]checks.BridgeSecret{
		"":                           {ID: "x"},
		"null":                       {ID: "x", Exists: true, HasValue: true},
		"[1]":                        {ID: "x", Exists: true, HasValue: true},
		seeded:                       {ID: "x", Exists: true, HasValue: true},
		`{"a": 1}`:                   {ID: "x", Exists: true, HasValue: true, JSON: true},
		`{"URL": 7, "API_KEY": "k"}`: {ID: "x", Exists: true, HasValue: true, JSON: true, HasKey: true, Key: "text"},
		`{"URL": "https://user:` + seeded + `@h/p?q", "API_KEY": 1}`: {ID: "x", Exists: true, HasValue: true, JSON: true, HasURL: true, URL: "state"},
		`{"URL": "` + seeded + `", "API_KEY": "a b"}`:                {ID: "x", Exists: true, HasValue: true, JSON: true, HasURL: true, URL: "state", HasKey: true, Key: "invalid"},
	} {
		s, err := Secret(context.Background(), oneSecret(text), "x")
		if err != nil || secretFact(s, "state") != want {
			t.Errorf("%s: %+v, want %+v, %v", text, secretFact(s, "state"), want, err)
		}
		if shown := fmt.Sprintf("%+v %#v %+v", s, s, secretFact(s, "state")); strings.Contains(shown, seeded) || strings.Contains(shown, decimals(seeded)) {
			t.Error(shown)
		}
	}
	s, err := Secret(context.Background(), oneSecret(`{"note": {"n": 1}, "URL": "u", "API_KEY": "k"}`), "x")
	if err != nil {
		t.Fatal(err)
	}
	value, err := s.With(Hide("v"), Hide("l"))
	if err != nil || value.Reveal() != `{"API_KEY":"l","URL":"v","note":{"n":1}}` {
		t.Errorf("%s %v", value.Reveal(), err)
	}
	if _, err := Secret(context.Background(), denying{}, "x"); !errors.Is(err, errDenied) {
		t.Error(err)
	}
}

// listing lists the gateway, and is denied everything else.
type listing struct{ denying }

func (listing) GetRestApis(context.Context, *apigateway.GetRestApisInput, ...func(*apigateway.Options)) (*apigateway.GetRestApisOutput, error) {
	return &apigateway.GetRestApisOutput{Items: []apitypes.RestApi{{Id: aws.String("abc123"), Name: aws.String(GatewayName)}}}, nil
}

func (listing) GetUsagePlans(context.Context, *apigateway.GetUsagePlansInput, ...func(*apigateway.Options)) (*apigateway.GetUsagePlansOutput, error) {
	return nil, errDenied
}

// TestOnlyAListedGatewayIsAsked has the gateways be denied, and be listed without
// what belongs to them.
func TestOnlyAListedGatewayIsAsked(t *testing.T) {
	asked := 0
	counting := &http.Client{Transport: counter{&asked}}
	secret := oneSecret(`{"URL": "https://abc123.execute-api.cn-north-1.amazonaws.com.cn/prod", "API_KEY": "` + seeded + `"}`)
	for want, gateway := range []GatewayAPI{denying{}, listing{}} {
		f := &checks.Facts{}
		Collect(t.Context(), Clients{Gateway: gateway, Secrets: secret, Backend: denying{}, Proxy: denying{}, HTTP: counting, ChinaRegion: "cn-north-1"}, f)
		if asked != want || len(f.Bridge.Probes) != want || len(f.Bridge.Secrets) != 1 {
			t.Errorf("%d requests, %+v", asked, f.Bridge)
		}
		if got := f.Bridge.Secrets[0].URL; got != []string{checks.URLUnproved, checks.URLGateway}[want] {
			t.Error(got)
		}
	}
}

type counter struct{ n *int }

func (c counter) RoundTrip(*http.Request) (*http.Response, error) {
	*c.n++
	return nil, errors.New("no way")
}
