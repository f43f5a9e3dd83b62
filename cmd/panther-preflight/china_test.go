package main

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	apitypes "github.com/aws/aws-sdk-go-v2/service/apigateway/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"

	"github.com/panther-preflight/panther-preflight/internal/testing/moto"
)

// world is the two accounts of a China deployment, with the bridge in between.
type world struct {
	*awsSession
	endpoint string
	bridge   *bridgeServer
	gateway  *apigateway.Client
	secrets  *secretsmanager.Client
	api      string
	plan     string
	first    string // the first key
}

func newWorld(t *testing.T) *world {
	t.Helper()
	endpoint := moto.Start(t)
	w := &world{endpoint: endpoint, awsSession: newSession(t, endpoint), bridge: startBridge(t)}
	w.env = append(w.env, "AWS_CA_BUNDLE="+w.bridge.bundle, "HTTPS_PROXY="+w.bridge.proxy, "NO_PROXY=", "no_proxy=")
	cfg := func(region string) aws.Config { return seeding(endpoint, region) }
	w.gateway, w.secrets = apigateway.NewFromConfig(cfg("cn-north-1")), secretsmanager.NewFromConfig(cfg("ap-southeast-1"))
	w.bridge.keys = w.enabledKeys
	w.stack(cfg("cn-north-1"), "panther", "1.18.5")
	w.stack(cfg("ap-southeast-1"), "panther-proxy", "1.18.5-china-web-proxy")
	// moto dates keys by the second.
	time.Sleep(1100 * time.Millisecond)
	return w
}

func (w *world) stack(cfg aws.Config, name, version string) {
	w.t.Helper()
	body := `{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}`
	_, err := cloudformation.NewFromConfig(cfg).CreateStack(context.Background(), &cloudformation.CreateStackInput{
		StackName: &name, TemplateBody: &body, Tags: []cfntypes.Tag{{Key: aws.String("PantherVersion"), Value: &version}},
	})
	w.must(err)
}

// seedGateway makes the gateway with its stage, plan and one key.
func (w *world) seedGateway() string {
	w.t.Helper()
	ctx := context.Background()
	api, err := w.gateway.CreateRestApi(ctx, &apigateway.CreateRestApiInput{Name: aws.String("panther-cn-bridge")})
	w.must(err)
	w.api = *api.Id
	root, err := w.gateway.GetResources(ctx, &apigateway.GetResourcesInput{RestApiId: api.Id})
	w.must(err)
	method := &apigateway.PutMethodInput{RestApiId: api.Id, ResourceId: root.Items[0].Id, HttpMethod: aws.String("POST"), AuthorizationType: aws.String("NONE")}
	_, err = w.gateway.PutMethod(ctx, method)
	w.must(err)
	_, err = w.gateway.PutIntegration(ctx, &apigateway.PutIntegrationInput{RestApiId: api.Id, ResourceId: root.Items[0].Id, HttpMethod: aws.String("POST"),
		Type: apitypes.IntegrationTypeMock, IntegrationHttpMethod: aws.String("POST")})
	w.must(err)
	_, err = w.gateway.CreateDeployment(ctx, &apigateway.CreateDeploymentInput{RestApiId: api.Id, StageName: aws.String("prod")})
	w.must(err)
	plan, err := w.gateway.CreateUsagePlan(ctx, &apigateway.CreateUsagePlanInput{Name: aws.String("bridge"), ApiStages: []apitypes.ApiStage{{ApiId: api.Id, Stage: aws.String("prod")}}})
	w.must(err)
	w.plan = *plan.Id
	w.first = w.addKey("first")
	return w.first
}

func (w *world) addKey(name string) string {
	w.t.Helper()
	key, err := w.gateway.CreateApiKey(context.Background(), &apigateway.CreateApiKeyInput{Name: &name, Enabled: true})
	w.must(err)
	_, err = w.gateway.CreateUsagePlanKey(context.Background(), &apigateway.CreateUsagePlanKeyInput{KeyId: key.Id, KeyType: aws.String("API_KEY"), UsagePlanId: &w.plan})
	w.must(err)
	return *key.Id
}

// keysByID are all keys of the account; each value must stay unsaid.
func (w *world) keysByID() map[string]*apigateway.GetApiKeyOutput {
	all := map[string]*apigateway.GetApiKeyOutput{}
	list, err := w.gateway.GetApiKeys(context.Background(), &apigateway.GetApiKeysInput{})
	w.must(err)
	for _, item := range list.Items {
		key, err := w.gateway.GetApiKey(context.Background(), &apigateway.GetApiKeyInput{ApiKey: item.Id, IncludeValue: aws.Bool(true)})
		w.must(err)
		all[*key.Id] = key
		w.Hide(*key.Value)
	}
	return all
}

func (w *world) enabledKeys() []string {
	var values []string
	for _, key := range w.keysByID() {
		if key.Enabled {
			values = append(values, *key.Value)
		}
	}
	return values
}

// stored is the secret as it stands.
func (w *world) stored() map[string]string {
	w.t.Helper()
	out, err := w.secrets.GetSecretValue(context.Background(), &secretsmanager.GetSecretValueInput{SecretId: aws.String("panther/china")})
	w.must(err)
	fields := map[string]string{}
	w.must(json.Unmarshal([]byte(*out.SecretString), &fields))
	w.Hide(fields["API_KEY"], *out.SecretString)
	return fields
}

// run runs a command with both profiles.
func (w *world) run(want int, args ...string) string {
	w.t.Helper()
	return w.awsSession.run(want, append(args, "--china-profile", "cn", "--proxy-profile", "std", "-v")...)
}

func TestChinaBridge(t *testing.T) {
	w := newWorld(t)
	w.says(w.run(1, "china", "status"), "there is no API gateway panther-cn-bridge in cn-north-1", "there is no secret panther/china in ap-southeast-1")
	w.says(w.run(1, "china", "link", "--yes"), "there are 0 API gateways")
	first := w.seedGateway()

	w.says(w.run(2, "china", "link"), "say --yes")
	w.says(w.run(0, "china", "link", "--yes"), "is created in ap-southeast-1", "URL becomes https://"+w.api+".execute-api.cn-north-1.amazonaws.com.cn/prod", "the key "+first)
	if got := w.stored()["URL"]; got != "https://"+w.api+".execute-api.cn-north-1.amazonaws.com.cn/prod" {
		t.Error(got)
	}
	w.says(w.run(0, "china", "link", "--yes"), "right already")
	w.says(w.run(0, "china", "status"), "6 passed")
	w.says(w.run(0, "china", "status", "-f", "json"), `"id": "PF-CHN-012"`)
	for _, format := range []string{"text", "short", "sarif", "junit", "github", "markdown", "html"} {
		w.awsSession.run(0, "china", "status", "-f", format, "--china-profile", "cn", "--proxy-profile", "std")
	}

	// A bridge that does not answer in JSON stops the rotation, and nothing
	// stops working.
	before := w.stored()
	w.bridge.set("<html>")
	w.says(w.run(1, "china", "rotate-key", "--yes", "--timeout", "8s"), "stopped: ask over the bridge with the new key", "the old key still works", "the secret has its old value again", "is left, disabled")
	if w.stored()["API_KEY"] != before["API_KEY"] || !w.keysByID()[first].Enabled {
		t.Error("the old key does not work any more")
	}
	w.says(w.run(1, "china", "status"), "a web page answers instead of the bridge")

	w.bridge.set("[]")
	w.says(w.run(2, "china", "rotate-key"), "say --yes")
	w.says(w.run(0, "china", "rotate-key", "--yes"), "the bridge answers with the new key", "the old key "+first+" is disabled")
	after := w.stored()
	if after["API_KEY"] == before["API_KEY"] || after["URL"] != before["URL"] {
		t.Error("the secret has not the new key and the old URL")
	}
	if old := w.keysByID()[first]; old == nil || old.Enabled {
		t.Error("the old key is deleted or enabled")
	}
	w.says(w.run(0, "china", "status"), "6 passed")
	w.says(w.run(2, "china", "status", "--china-region", "us-east-1"), "not a region of AWS China")
}

// TestTheBridgeByItsFlags names everything that is otherwise found: regions,
// stacks, profiles and the secret.
func TestTheBridgeByItsFlags(t *testing.T) {
	w := newWorld(t)
	w.seedGateway()
	w.stack(seeding(w.endpoint, "ap-southeast-2"), "proxy-two", "1.17.4-china-web-proxy")
	s := w.awsSession
	s.says(s.run(0, "china", "link", "--china-profile", "cn", "--china-region", "cn-north-1", "--proxy-profile", "std", "--proxy-region", "ap-southeast-2",
		"--secret-id", "acme/bridge", "--timeout", "1m", "--yes"), "the secret acme/bridge is created in ap-southeast-2")
	s.says(s.run(2, "china", "link", "--china-profile", "cn", "--proxy-profile", "std", "--proxy-region", "cn-northwest-1", "--yes"), "cannot be in China")
	if _, err := w.secrets.GetSecretValue(t.Context(), &secretsmanager.GetSecretValueInput{SecretId: aws.String("panther/china")}); err == nil {
		t.Error("the secret of the default name was written too")
	}
	status := s.run(1, "china", "status", "--china-profile", "cn", "--china-region", "cn-north-1", "--proxy-profile", "std", "--proxy-region", "ap-southeast-2",
		"--china-stack", "panther", "--proxy-stack", "proxy-two", "--secret-id", "acme/bridge", "--timeout", "1m", "--fail-on", "warning", "--format", "json", "--allow-unknown")
	s.says(status, `"id": "PF-CHN-012"`, "1.17.4", `"failed": 1`)
	s.says(s.run(1, "china", "status", "--china-profile", "cn", "--proxy-profile", "std", "--proxy-stack", "panther-proxy"), "there is no secret panther/china")
	s.says(s.run(0, "china", "rotate-key", "--china-profile", "cn", "--china-region", "cn-north-1", "--proxy-profile", "std", "--proxy-region", "ap-southeast-2",
		"--secret-id", "acme/bridge", "--yes"), "the secret acme/bridge has the new key", "is disabled")
}

// TestTheBridgeWithoutCredentials names the flags that the commands take.
func TestTheBridgeWithoutCredentials(t *testing.T) {
	s := newSession(t, "http://127.0.0.1:9")
	for i, variable := range s.env {
		if strings.HasPrefix(variable, "AWS_SHARED_CREDENTIALS_FILE=") {
			s.env[i] = "AWS_SHARED_CREDENTIALS_FILE=" + filepath.Join(s.dir, "none")
		}
	}
	for _, command := range [][]string{{"status"}, {"link", "--yes"}, {"rotate-key", "--yes"}} {
		said := s.run(2, append([]string{"china", "--china-profile", "cn", "--proxy-profile", "std"}, command...)...)
		s.says(said, "the China side: no AWS credentials", "give --china-profile")
		if strings.Contains(said, "--offline") || strings.Contains(said, "--facts") {
			t.Error(said)
		}
		for _, timeout := range []string{"-1s", "0"} {
			s.says(s.run(2, append([]string{"china", "--timeout", timeout}, command...)...), "--timeout")
		}
	}
}

// TestChinaLinkKeepsWhatIsThere has a secret with another field, and two keys.
func TestChinaLinkKeepsWhatIsThere(t *testing.T) {
	w := newWorld(t)
	first := w.seedGateway()
	second := w.addKey("second")
	w.Hide("seeded-old-value-5c", "seeded-note-9e")
	_, err := w.secrets.CreateSecret(context.Background(), &secretsmanager.CreateSecretInput{Name: aws.String("panther/china"),
		SecretString: aws.String(`{"URL": "https://` + w.api + `.execute-api.cn-north-1.amazonaws.com.cn/prod", "API_KEY": "seeded-old-value-5c", "note": "seeded-note-9e"}`)})
	w.must(err)
	w.says(w.run(1, "china", "status"), "none of the gateway's keys", "API Gateway answers Forbidden")
	w.says(w.run(1, "china", "link", "--yes"), "several enabled keys", first, second, "--api-key-id")
	w.says(w.run(1, "china", "link", "--yes", "--api-key-id", "zzz"), "has no key zzz")
	w.run(0, "china", "link", "--yes", "--api-key-id", second)
	if got := w.stored(); got["note"] != "seeded-note-9e" || got["API_KEY"] != *w.keysByID()[second].Value {
		t.Error("the secret lost a field, or has another key")
	}
	w.run(0, "china", "status")
}
