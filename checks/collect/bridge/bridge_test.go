package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	"github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks"
)

const seeded = "seeded-key-1f2e"

func TestHiddenIsNeverShown(t *testing.T) {
	h := Hide(seeded)
	holder := struct{ Key Hidden }{h}
	encoded, err := json.Marshal(map[string]any{"a": h, "b": holder})
	if err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "key", h, "holder", holder)
	shown := fmt.Sprintf("%v %+v %#v %s %q %x %d %v %+v", h, h, h, h, h, h, h, holder, &holder) + string(encoded) + log.String() + h.String()
	if strings.Contains(shown, seeded) || strings.Contains(shown, fmt.Sprintf("%x", seeded)) {
		t.Error(shown)
	}
	if h.Reveal() != seeded || !h.Equal(Hide(seeded)) || h.Equal(Hide("")) || !Hide("").Empty() {
		t.Error("a hidden text is not what was hidden")
	}
}

func TestProbe(t *testing.T) {
	var elsewhere string
	other := httptest.NewTLSServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { elsewhere = r.Header.Get("X-Api-Key") }))
	defer other.Close()
	answers := map[string]http.HandlerFunc{
		"json": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "[]") },
		"refused": func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(403)
			io.WriteString(w, `{"message": "Forbidden"}`)
		},
		"not json": func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<html>") },
		"redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
		},
	}
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name, _, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
		if r.Header.Get("X-Api-Key") != seeded || !strings.HasSuffix(r.URL.Path, "/prod/cn/panther-source-api") {
			w.WriteHeader(500)
			return
		}
		answers[name](w, r)
	}))
	defer server.Close()
	client := HTTPClient(aws.Config{HTTPClient: awshttp.NewBuildableClient()})
	client.Transport = server.Client().Transport
	client.Timeout = 5 * time.Second
	for name, want := range map[string]string{"json": "json", "refused": "refused", "not json": "not json", "redirect": "refused"} {
		p := Probe(context.Background(), client, server.URL+"/"+strings.ReplaceAll(name, " ", "%20")+"/prod", Hide(seeded))
		if p.Answer != want {
			t.Errorf("%s: %+v", name, p)
		}
	}
	if elsewhere != "" {
		t.Error("the key went to another host")
	}
	for name, c := range map[string]struct{ url, key string }{
		"open": {"http://127.0.0.1:1/prod", seeded}, "nowhere": {"https://127.0.0.1:1/prod", seeded},
		"no URL": {"https://%zz", seeded}, "no header": {server.URL + "/json/prod", seeded + "\n"},
	} {
		p := Probe(context.Background(), client, c.url, Hide(c.key))
		if p.Answer != checks.ProbeUnreachable || p.Reason == "" || strings.Contains(p.Reason, seeded) {
			t.Errorf("%s: %+v", name, p)
		}
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
		"bridge.probes": "", "bridge.versions": "cloudformation:DescribeStacks",
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
		"null":                       {ID: "x", Exists: true},
		"[1]":                        {ID: "x", Exists: true},
		seeded:                       {ID: "x", Exists: true},
		`{"a": 1}`:                   {ID: "x", Exists: true, JSON: true},
		`{"URL": 7, "API_KEY": "k"}`: {ID: "x", Exists: true, JSON: true, HasKey: true},
		`{"URL": "https://user:` + seeded + `@h/p?q", "API_KEY": 1}`: {ID: "x", Exists: true, JSON: true, HasURL: true, Scheme: "https", Host: "h", Path: "/p"},
	} {
		s, err := Secret(context.Background(), oneSecret(text), "x")
		if err != nil || secretFact(s) != want {
			t.Errorf("%s: %+v, want %+v, %v", text, secretFact(s), want, err)
		}
		if shown := fmt.Sprintf("%+v", s.Text); strings.Contains(shown, seeded) {
			t.Error(shown)
		}
	}
	s, err := Secret(context.Background(), oneSecret(`{"note": {"n": 1}, "URL": "u", "API_KEY": "k"}`), "x")
	if err != nil {
		t.Fatal(err)
	}
	value, err := s.With("v", Hide("l"))
	if err != nil || value.Reveal() != `{"API_KEY":"l","URL":"v","note":{"n":1}}` {
		t.Errorf("%s %v", value.Reveal(), err)
	}
	if _, err := Secret(context.Background(), denying{}, "x"); !errors.Is(err, errDenied) {
		t.Error(err)
	}
}
