package chinabridge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	apitypes "github.com/aws/aws-sdk-go-v2/service/apigateway/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	secrettypes "github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
	"github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// fate is what becomes of a call.
type fate int

const (
	fine    fate = iota
	refusal      // AWS refuses it
	unsent       // it does not arrive, and there is no answer
	unheard      // it is done, and the answer is lost
	late         // there is no answer, and it is done later
	stale        // a read tells what was before the last write
)

// opener is a key of the gateway. Its value is made of its id.
type opener struct {
	id, note     string
	on, attached bool
}

func valueOf(id string) string { return "seeded-" + id }

type version struct{ id, text string }

// world plays both ends in memory, as plain values: a copy of it is another world.
type world struct {
	keys     []opener
	versions []version // of the secret; the last is current
	flying   []version // writes that are still on their way
	made     int
	// fates are those of the next calls by name; calls counts them.
	fates map[string][]fate
	lost  bool // the bridge does not answer
}

const gatewayURL = "https://a.execute-api.cn-north-1.amazonaws.com.cn/prod"

func secretWith(key string) string {
	text, _ := json.Marshal(map[string]string{"API_KEY": valueOf(key), "URL": gatewayURL})
	return string(text)
}

func newWorld() *world {
	return &world{keys: []opener{{id: "old", on: true, attached: true}}, versions: []version{{"v0", secretWith("old")}}, fates: map[string][]fate{}}
}

func (w *world) clone() *world {
	return &world{keys: slices.Clone(w.keys), versions: slices.Clone(w.versions), flying: slices.Clone(w.flying), made: w.made, fates: map[string][]fate{}, lost: w.lost}
}

func (w *world) ends() Ends {
	return Ends{Gateway: w, Secrets: w, SecretID: "panther/china", ChinaRegion: "cn-north-1", ProxyRegion: "ap-southeast-1", Probe: w.probe}
}

var (
	errRefused = &smithy.GenericAPIError{Code: "AccessDeniedException", Message: "not authorized", Fault: smithy.FaultClient}
	errBroken  = errors.New("the connection broke")
)

// call takes the fate of a call. do says that it is done all the same.
func (w *world) call(name string) (do bool, err error) {
	next := w.fates[name]
	if len(next) == 0 {
		return true, nil
	}
	if len(next) > 1 {
		w.fates[name] = next[1:] // the last one lasts
	}
	switch next[0] {
	case refusal:
		return false, errRefused
	case unsent, late:
		return false, errBroken
	case unheard:
		return true, errBroken
	}
	return true, nil
}

func (w *world) key(id string) *opener {
	for i := range w.keys {
		if w.keys[i].id == id {
			return &w.keys[i]
		}
	}
	return nil
}

// current is the key that the secret holds.
func (w *world) current() *opener {
	var fields map[string]string
	_ = json.Unmarshal([]byte(w.versions[len(w.versions)-1].text), &fields)
	return w.key(strings.TrimPrefix(fields["API_KEY"], "seeded-"))
}

// opens says that the key which the secret holds opens the bridge.
func (w *world) opens() bool {
	k := w.current()
	return k != nil && k.on && k.attached
}

// arrive does a write of the secret, as Secrets Manager does.
func (w *world) arrive(v version) error {
	for _, known := range w.versions {
		switch {
		case known.id != v.id:
		case known.text == v.text:
			return nil
		default:
			return &secrettypes.ResourceExistsException{Message: aws.String("the token is in use")}
		}
	}
	w.versions = append(slices.Clone(w.versions), v)
	return nil
}

func (w *world) GetRestApis(context.Context, *apigateway.GetRestApisInput, ...func(*apigateway.Options)) (*apigateway.GetRestApisOutput, error) {
	_, err := w.call("gateway")
	return &apigateway.GetRestApisOutput{Items: []apitypes.RestApi{{Id: aws.String("a"), Name: aws.String(bridge.GatewayName)}}}, err
}

func (w *world) GetStages(context.Context, *apigateway.GetStagesInput, ...func(*apigateway.Options)) (*apigateway.GetStagesOutput, error) {
	return &apigateway.GetStagesOutput{Item: []apitypes.Stage{{StageName: aws.String("prod")}}}, nil
}

func (w *world) GetUsagePlans(context.Context, *apigateway.GetUsagePlansInput, ...func(*apigateway.Options)) (*apigateway.GetUsagePlansOutput, error) {
	stage := apitypes.ApiStage{ApiId: aws.String("a"), Stage: aws.String("prod")}
	return &apigateway.GetUsagePlansOutput{Items: []apitypes.UsagePlan{{Id: aws.String("p"), Name: aws.String("bridge"), ApiStages: []apitypes.ApiStage{stage}}}}, nil
}

func (w *world) GetUsagePlanKeys(context.Context, *apigateway.GetUsagePlanKeysInput, ...func(*apigateway.Options)) (*apigateway.GetUsagePlanKeysOutput, error) {
	out := &apigateway.GetUsagePlanKeysOutput{}
	for _, k := range w.keys {
		if k.attached {
			out.Items = append(out.Items, apitypes.UsagePlanKey{Id: aws.String(k.id)})
		}
	}
	return out, nil
}

func (w *world) GetApiKey(_ context.Context, in *apigateway.GetApiKeyInput, _ ...func(*apigateway.Options)) (*apigateway.GetApiKeyOutput, error) {
	k := w.key(*in.ApiKey)
	if k == nil {
		return nil, &apitypes.NotFoundException{}
	}
	return &apigateway.GetApiKeyOutput{Id: &k.id, Enabled: k.on, Value: aws.String(valueOf(k.id)), Description: &k.note}, nil
}

func (w *world) CreateApiKey(_ context.Context, in *apigateway.CreateApiKeyInput, _ ...func(*apigateway.Options)) (*apigateway.CreateApiKeyOutput, error) {
	do, err := w.call("create")
	if do {
		w.made++
		w.keys = append(slices.Clone(w.keys), opener{id: fmt.Sprint("new", w.made), note: *in.Description, on: in.Enabled})
	}
	if err != nil {
		return nil, err
	}
	k := w.keys[len(w.keys)-1]
	return &apigateway.CreateApiKeyOutput{Id: &k.id, Value: aws.String(valueOf(k.id))}, nil
}

func (w *world) CreateUsagePlanKey(_ context.Context, in *apigateway.CreateUsagePlanKeyInput, _ ...func(*apigateway.Options)) (*apigateway.CreateUsagePlanKeyOutput, error) {
	do, err := w.call("attach")
	if do {
		w.key(*in.KeyId).attached = true
	}
	return &apigateway.CreateUsagePlanKeyOutput{}, err
}

func (w *world) UpdateApiKey(_ context.Context, in *apigateway.UpdateApiKeyInput, _ ...func(*apigateway.Options)) (*apigateway.UpdateApiKeyOutput, error) {
	do, err := w.call("enable")
	if do {
		w.key(*in.ApiKey).on = *in.PatchOperations[0].Value == "true"
	}
	return &apigateway.UpdateApiKeyOutput{}, err
}

func (w *world) GetSecretValue(context.Context, *secretsmanager.GetSecretValueInput, ...func(*secretsmanager.Options)) (*secretsmanager.GetSecretValueOutput, error) {
	past := len(w.fates["read"]) > 0 && w.fates["read"][0] == stale
	_, err := w.call("read")
	if err != nil {
		return nil, err
	}
	v := w.versions[len(w.versions)-1]
	if past && len(w.versions) > 1 {
		v = w.versions[len(w.versions)-2]
	}
	return &secretsmanager.GetSecretValueOutput{SecretString: &v.text, VersionId: &v.id, ARN: aws.String("arn:secret")}, nil
}

func (w *world) CreateSecret(context.Context, *secretsmanager.CreateSecretInput, ...func(*secretsmanager.Options)) (*secretsmanager.CreateSecretOutput, error) {
	return nil, errors.New("the secret exists")
}

func (w *world) PutSecretValue(_ context.Context, in *secretsmanager.PutSecretValueInput, _ ...func(*secretsmanager.Options)) (*secretsmanager.PutSecretValueOutput, error) {
	v := version{*in.ClientRequestToken, *in.SecretString}
	flies := len(w.fates["put"]) > 0 && w.fates["put"][0] == late
	do, err := w.call("put")
	if flies {
		w.flying = append(slices.Clone(w.flying), v)
	}
	if do {
		if refused := w.arrive(v); err == nil {
			err = refused
		}
	}
	if err != nil {
		return nil, err
	}
	return &secretsmanager.PutSecretValueOutput{VersionId: &v.id}, nil
}

// probe answers to the enabled keys of the plan.
func (w *world) probe(_ context.Context, _ bridge.Address, key bridge.Hidden) checks.BridgeProbe {
	if _, err := w.call("probe"); err != nil {
		return checks.BridgeProbe{Answer: checks.ProbeUnreachable, Reason: "no answer in time"}
	}
	for _, k := range w.keys {
		if !w.lost && k.on && k.attached && valueOf(k.id) == key.Reveal() {
			return checks.BridgeProbe{Answer: checks.ProbeList, Status: 200}
		}
	}
	return checks.BridgeProbe{Answer: checks.ProbeForbidden, Status: 403}
}
