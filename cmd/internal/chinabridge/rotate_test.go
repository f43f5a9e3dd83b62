package chinabridge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	apitypes "github.com/aws/aws-sdk-go-v2/service/apigateway/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// both plays the two ends in memory. fails names the calls that fail, and how
// often each may succeed before.
type both struct {
	keys   map[string]*apitypes.ApiKey
	onPlan []string
	secret string
	fails  map[string]int
	refuse bool // fail as AWS refuses, not as a connection breaks
}

func newBoth() *both {
	return &both{
		keys:   map[string]*apitypes.ApiKey{"old": {Id: aws.String("old"), Enabled: true, Value: aws.String("seeded-old")}},
		onPlan: []string{"old"}, fails: map[string]int{},
		secret: `{"URL": "https://a.execute-api.cn-north-1.amazonaws.com.cn/prod", "API_KEY": "seeded-old"}`,
	}
}

func (b *both) call(name string) error {
	left, fails := b.fails[name]
	if !fails {
		return nil
	}
	if left > 0 {
		b.fails[name]--
		return nil
	}
	if b.refuse {
		return &smithy.GenericAPIError{Code: "AccessDenied", Message: "no", Fault: smithy.FaultClient}
	}
	return errors.New("the connection broke")
}

func (b *both) GetRestApis(context.Context, *apigateway.GetRestApisInput, ...func(*apigateway.Options)) (*apigateway.GetRestApisOutput, error) {
	return &apigateway.GetRestApisOutput{Items: []apitypes.RestApi{{Id: aws.String("a"), Name: aws.String(bridge.GatewayName)}}}, nil
}

func (b *both) GetStages(context.Context, *apigateway.GetStagesInput, ...func(*apigateway.Options)) (*apigateway.GetStagesOutput, error) {
	return &apigateway.GetStagesOutput{Item: []apitypes.Stage{{StageName: aws.String("prod")}}}, nil
}

func (b *both) GetUsagePlans(context.Context, *apigateway.GetUsagePlansInput, ...func(*apigateway.Options)) (*apigateway.GetUsagePlansOutput, error) {
	stage := apitypes.ApiStage{ApiId: aws.String("a"), Stage: aws.String("prod")}
	return &apigateway.GetUsagePlansOutput{Items: []apitypes.UsagePlan{{Id: aws.String("p"), Name: aws.String("bridge"), ApiStages: []apitypes.ApiStage{stage}}}}, nil
}

func (b *both) GetUsagePlanKeys(context.Context, *apigateway.GetUsagePlanKeysInput, ...func(*apigateway.Options)) (*apigateway.GetUsagePlanKeysOutput, error) {
	out := &apigateway.GetUsagePlanKeysOutput{}
	for _, id := range b.onPlan {
		out.Items = append(out.Items, apitypes.UsagePlanKey{Id: &id})
	}
	return out, nil
}

func (b *both) GetApiKey(_ context.Context, in *apigateway.GetApiKeyInput, _ ...func(*apigateway.Options)) (*apigateway.GetApiKeyOutput, error) {
	k := b.keys[*in.ApiKey]
	return &apigateway.GetApiKeyOutput{Id: k.Id, Enabled: k.Enabled, Value: k.Value}, nil
}

func (b *both) CreateApiKey(context.Context, *apigateway.CreateApiKeyInput, ...func(*apigateway.Options)) (*apigateway.CreateApiKeyOutput, error) {
	if err := b.call("create"); err != nil {
		return nil, err
	}
	b.keys["new"] = &apitypes.ApiKey{Id: aws.String("new"), Enabled: true, Value: aws.String("seeded-new")}
	return &apigateway.CreateApiKeyOutput{Id: aws.String("new"), Value: aws.String("seeded-new")}, nil
}

func (b *both) CreateUsagePlanKey(_ context.Context, in *apigateway.CreateUsagePlanKeyInput, _ ...func(*apigateway.Options)) (*apigateway.CreateUsagePlanKeyOutput, error) {
	if err := b.call("plan"); err != nil {
		return nil, err
	}
	b.onPlan = append(b.onPlan, *in.KeyId)
	return &apigateway.CreateUsagePlanKeyOutput{}, nil
}

func (b *both) UpdateApiKey(_ context.Context, in *apigateway.UpdateApiKeyInput, _ ...func(*apigateway.Options)) (*apigateway.UpdateApiKeyOutput, error) {
	if err := b.call("disable"); err != nil {
		return nil, err
	}
	b.keys[*in.ApiKey].Enabled = *in.PatchOperations[0].Value == "true"
	return &apigateway.UpdateApiKeyOutput{}, nil
}

func (b *both) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	return &secretsmanager.GetSecretValueOutput{SecretString: &b.secret}, nil
}

func (b *both) CreateSecret(context.Context, *secretsmanager.CreateSecretInput, ...func(*secretsmanager.Options)) (*secretsmanager.CreateSecretOutput, error) {
	return nil, errors.New("the secret exists")
}

func (b *both) PutSecretValue(_ context.Context, in *secretsmanager.PutSecretValueInput, _ ...func(*secretsmanager.Options)) (*secretsmanager.PutSecretValueOutput, error) {
	if err := b.call("secret"); err != nil {
		return nil, err
	}
	b.secret = *in.SecretString
	return &secretsmanager.PutSecretValueOutput{}, nil
}

// probe answers to the enabled keys of the plan.
func (b *both) probe(_ context.Context, _ bridge.Address, key bridge.Hidden) checks.BridgeProbe {
	if b.call("probe") != nil {
		return checks.BridgeProbe{Answer: checks.ProbeForbidden, Status: 403}
	}
	for _, id := range b.onPlan {
		if k := b.keys[id]; k.Enabled && *k.Value == key.Reveal() {
			return checks.BridgeProbe{Answer: checks.ProbeList, Status: 200}
		}
	}
	return checks.BridgeProbe{Answer: checks.ProbeForbidden, Status: 403}
}

// stored is the key that the proxy sends.
func (b *both) stored(t *testing.T) string {
	t.Helper()
	var fields struct {
		Key string `json:"API_KEY"`
	}
	if err := json.Unmarshal([]byte(b.secret), &fields); err != nil {
		t.Fatal(err)
	}
	return fields.Key
}

func rotate(t *testing.T, b *both) (string, error) {
	t.Helper()
	ends := Ends{Gateway: b, Secrets: b, SecretID: "panther/china", ChinaRegion: "cn-north-1", ProxyRegion: "ap-southeast-1", Probe: b.probe}
	r, err := ends.PlanRotation(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	r.Wait, r.Tries = 0, 3
	said := strings.Join(r.Changes(), "\n")
	r.Say = func(step string) { said += "\n" + step }
	err = r.Run(context.Background())
	return fmt.Sprint(said, err), err
}

// TestRotation breaks a rotation at every step. Whatever breaks, the key that
// the secret holds afterwards opens the bridge, and the old one is never gone.
func TestRotation(t *testing.T) {
	for _, c := range []struct {
		name    string
		fails   map[string]int
		refuse  bool
		says    string
		holds   string // the key in the secret afterwards
		enabled string
	}{
		{name: "nothing fails", holds: "seeded-new", enabled: "new", says: "the old key old is disabled"},
		{name: "slow", fails: map[string]int{}, holds: "seeded-new", enabled: "new", says: "answers with the new key"},
		{name: "no key", fails: map[string]int{"create": 0}, holds: "seeded-old", enabled: "old", says: "stopped: create the new key"},
		{name: "no plan", fails: map[string]int{"plan": 0}, holds: "seeded-old", enabled: "old", says: "the new key new is left, disabled"},
		{name: "nothing to shut", fails: map[string]int{"plan": 0, "disable": 0}, holds: "seeded-old", enabled: "new old", says: "is left enabled"},
		{name: "secret refused", fails: map[string]int{"secret": 0}, refuse: true, holds: "seeded-old", enabled: "old", says: "the secret is as it was"},
		{name: "secret breaks", fails: map[string]int{"secret": 0}, holds: "seeded-old", enabled: "new old", says: "both keys are enabled"},
		{name: "no answer", fails: map[string]int{"probe": 0}, holds: "seeded-old", enabled: "old", says: "status 403; the old key still works; the secret has its old value again"},
		{name: "no answer, no way back", fails: map[string]int{"probe": 0, "secret": 1}, holds: "seeded-new", enabled: "new old", says: "could not be put back"},
		{name: "old key stays", fails: map[string]int{"disable": 0}, holds: "seeded-new", enabled: "new old", says: "disable old by hand"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBoth()
			b.refuse = c.refuse
			if c.fails != nil {
				b.fails = c.fails
			}
			said, err := rotate(t, b)
			var stopped *Stopped
			if (len(c.fails) > 0) != errors.As(err, &stopped) {
				t.Errorf("%v", err)
			}
			if !strings.Contains(said, c.says) || strings.Contains(said, "seeded") {
				t.Error(said)
			}
			var enabled []string
			for _, id := range []string{"new", "old"} {
				if k := b.keys[id]; k != nil && k.Enabled {
					enabled = append(enabled, id)
				}
			}
			if b.stored(t) != c.holds || strings.Join(enabled, " ") != c.enabled || b.keys["old"] == nil {
				t.Errorf("the secret holds %s, enabled are %v", b.stored(t), enabled)
			}
			delete(b.fails, "probe")
			if p := b.probe(context.Background(), bridge.Address{}, bridge.Hide(b.stored(t))); p.Answer != checks.ProbeList {
				t.Error("the key in the secret does not open the bridge")
			}
		})
	}
}

// TestInterrupted ends the run while the bridge is asked: the secret is put
// back all the same.
func TestInterrupted(t *testing.T) {
	b := newBoth()
	ctx, cancel := context.WithCancel(context.Background())
	ends := Ends{Gateway: b, Secrets: b, SecretID: "panther/china", ChinaRegion: "cn-north-1", Probe: func(context.Context, bridge.Address, bridge.Hidden) checks.BridgeProbe {
		cancel()
		return checks.BridgeProbe{Answer: checks.ProbeForbidden, Status: 403}
	}}
	r, err := ends.PlanRotation(ctx)
	if err != nil {
		t.Fatal(err)
	}
	r.Wait = time.Hour
	var stopped *Stopped
	if err := r.Run(ctx); !errors.As(err, &stopped) || !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	if b.stored(t) != "seeded-old" || !b.keys["old"].Enabled || b.keys["new"].Enabled {
		t.Errorf("the secret holds %s", b.stored(t))
	}
}

func TestRotationNeedsALink(t *testing.T) {
	b := newBoth()
	b.secret = `{}`
	_, err := Ends{Gateway: b, Secrets: b, SecretID: "panther/china"}.PlanRotation(context.Background())
	var blocked *Blocked
	if !errors.As(err, &blocked) {
		t.Error(err)
	}
}
