package bridge

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	apitypes "github.com/aws/aws-sdk-go-v2/service/apigateway/types"
	"github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks"
)

// onePlan has two keys on its usage plan, of which the second is denied.
type onePlan struct{ listing }

func (onePlan) GetStages(context.Context, *apigateway.GetStagesInput, ...func(*apigateway.Options)) (*apigateway.GetStagesOutput, error) {
	return &apigateway.GetStagesOutput{Item: []apitypes.Stage{{StageName: aws.String(Stage)}}}, nil
}

func (onePlan) GetUsagePlans(context.Context, *apigateway.GetUsagePlansInput, ...func(*apigateway.Options)) (*apigateway.GetUsagePlansOutput, error) {
	return &apigateway.GetUsagePlansOutput{Items: []apitypes.UsagePlan{{Id: aws.String("p"), Name: aws.String("bridge"),
		ApiStages: []apitypes.ApiStage{{ApiId: aws.String("abc123"), Stage: aws.String(Stage)}}}}}, nil
}

func (onePlan) GetUsagePlanKeys(context.Context, *apigateway.GetUsagePlanKeysInput, ...func(*apigateway.Options)) (*apigateway.GetUsagePlanKeysOutput, error) {
	return &apigateway.GetUsagePlanKeysOutput{Items: []apitypes.UsagePlanKey{{Id: aws.String("k1")}, {Id: aws.String("k2")}}}, nil
}

func (onePlan) GetApiKey(_ context.Context, in *apigateway.GetApiKeyInput, _ ...func(*apigateway.Options)) (*apigateway.GetApiKeyOutput, error) {
	if *in.ApiKey == "k2" {
		return nil, errDenied
	}
	return &apigateway.GetApiKeyOutput{Id: in.ApiKey, Enabled: true, Value: aws.String(seeded)}, nil
}

// TestOneUnreadKeyIsOneGap has one key of two be denied: the other is known.
func TestOneUnreadKeyIsOneGap(t *testing.T) {
	f := &checks.Facts{}
	secret := oneSecret(`{"URL": "https://abc123.execute-api.cn-north-1.amazonaws.com.cn/prod", "API_KEY": "` + seeded + `"}`)
	asked := 0
	c := Clients{Gateway: onePlan{}, Secrets: secret, Backend: denying{}, Proxy: denying{}, HTTP: &http.Client{Transport: counter{&asked}}, ChinaRegion: "cn-north-1"}
	Collect(t.Context(), c, f)
	want := checks.Gap{Fact: "bridge.keys[k2]", Reason: "AccessDenied", Action: "apigateway:GET", Told: true}
	var gaps []checks.Gap
	for _, g := range f.Gaps {
		if strings.HasPrefix(g.Fact, "bridge.keys") || g.Fact == "bridge.gateways" {
			gaps = append(gaps, g)
		}
	}
	if len(gaps) != 1 || gaps[0] != want {
		t.Errorf("%+v", gaps)
	}
	keys := f.Bridge.Keys
	if len(keys) != 2 || keys[0].InSecret != checks.HoldsYes || !keys[0].Enabled || keys[1].InSecret != checks.HoldsUnknown || keys[1].Unread != want.Why() {
		t.Errorf("%+v", keys)
	}
	if plan := f.Bridge.Gateways[0].Plans[0]; plan.Enabled != 1 || plan.Unread != 1 || asked != 1 {
		t.Errorf("%+v, %d requests", plan, asked)
	}
	gateways, err := Gateways(t.Context(), onePlan{})
	if err != nil || !errors.Is(gateways[0].Unread(), errDenied) {
		t.Errorf("%v: who writes is not told that a key was not read", err)
	}
}

// TestReasonsAreThoseOfOtherGaps has errors that every other gap says in a word.
func TestReasonsAreThoseOfOtherGaps(t *testing.T) {
	for code, want := range map[string]string{
		"ExpiredTokenException": "Credentials", "UnrecognizedClientException": "Credentials", "AccessDeniedException": "AccessDenied",
		"TooManyRequestsException": "Throttled", "ThrottlingException": "Throttled",
	} {
		err := failed("read it", &smithy.GenericAPIError{Code: code, Message: "the words of AWS"})
		if got := reason(err); got != want {
			t.Errorf("%s: %s, want %s", code, got, want)
		}
		if err.Error() != "read it: "+code+": the words of AWS" {
			t.Error(err)
		}
		if named := action(err, "apigateway:GET") != ""; named != (want == "AccessDenied") {
			t.Errorf("%s names an action: %v", code, named)
		}
	}
	if got := reason(context.DeadlineExceeded); got != "Timeout" {
		t.Error(got)
	}
}
