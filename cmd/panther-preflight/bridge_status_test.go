package main

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/apigateway"
	apitypes "github.com/aws/aws-sdk-go-v2/service/apigateway/types"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

// enable changes a key, as somebody does in the console.
func (w *world) enable(id, value string) {
	w.t.Helper()
	_, err := w.gateway.UpdateApiKey(w.t.Context(), &apigateway.UpdateApiKeyInput{ApiKey: &id,
		PatchOperations: []apitypes.PatchOperation{{Op: apitypes.OpReplace, Path: aws.String("/enabled"), Value: &value}}})
	w.must(err)
}

// told demands the status of a check, and words that the report has. No report
// may show what the policy engine says of a fault.
func (w *world) told(code int, id, status string, words ...string) {
	w.t.Helper()
	got, whole := w.statusOf(code, id)
	if got != status {
		w.t.Errorf("%s is %s, want %s\n%s", id, got, status, whole)
	}
	w.says(whole, words...)
	for _, inside := range []string{"eval_builtin_error", "time.parse", "rego"} {
		if strings.Contains(whole, inside) {
			w.t.Errorf("%q is in\n%s", inside, whole)
		}
	}
}

// TestStatusOfAnOddBridge has what the gateway and the secret can be besides
// right, one after the other.
func TestStatusOfAnOddBridge(t *testing.T) {
	w := newWorld(t)
	first := w.seedGateway()
	w.run(0, "china", "link", "--yes")
	linked := w.stored()

	second := w.addKey("second")
	w.told(0, "PF-CHN-010", "failed", "the key "+second+" of the usage plan bridge is enabled, and the secret does not hold it")
	w.enable(second, "false")
	w.told(0, "PF-CHN-010", "passed")

	w.enable(first, "false")
	w.told(1, "PF-CHN-010", "failed", "the key in the secret is disabled ("+first+")")
	w.told(1, "PF-CHN-008", "failed", "has an enabled key")
	w.enable(first, "true")

	plan, err := w.gateway.CreateUsagePlan(t.Context(), &apigateway.CreateUsagePlanInput{Name: aws.String("extra"), ApiStages: []apitypes.ApiStage{{ApiId: &w.api, Stage: aws.String("prod")}}})
	w.must(err)
	w.told(0, "PF-CHN-010", "failed", "2 usage plans hold the stage prod of the gateway "+w.api)
	text, err := json.Marshal(map[string]string{"URL": linked["URL"], "API_KEY": "seeded-secret-elsewhere"})
	w.must(err)
	w.keep(string(text))
	w.told(1, "PF-CHN-008", "unknown", "which of the usage plans bridge, extra is the bridge's could not be determined")
	w.says(w.run(1, "china", "rotate-key", "--yes"), "the usage plans bridge, extra hold the stage prod")
	w.run(0, "china", "link", "--yes")
	_, err = w.gateway.DeleteUsagePlan(t.Context(), &apigateway.DeleteUsagePlanInput{UsagePlanId: plan.Id})
	w.must(err)

	twin, err := w.gateway.CreateRestApi(t.Context(), &apigateway.CreateRestApiInput{Name: aws.String("panther-cn-bridge")})
	w.must(err)
	w.told(1, "PF-CHN-008", "failed", "2 API gateways are named panther-cn-bridge in cn-north-1", *twin.Id)
	w.says(w.run(1, "china", "rotate-key", "--yes"), "there are 2 API gateways panther-cn-bridge")
	_, err = w.gateway.DeleteRestApi(t.Context(), &apigateway.DeleteRestApiInput{RestApiId: twin.Id})
	w.must(err)

	nobody := w.awsSession.run(3, "china", "status", "-f", "json", "--china-profile", "cn", "--proxy-profile", "std", "--china-stack", "nobody")
	w.says(nobody, "bridge.backend_updated: backend: there is no such stack: nobody")
	if strings.Contains(nobody, "builtin") || strings.Contains(nobody, "time.parse") {
		t.Error(nobody)
	}

	_, err = w.secrets.DeleteSecret(t.Context(), &secretsmanager.DeleteSecretInput{SecretId: aws.String("panther/china"), RecoveryWindowInDays: aws.Int64(7)})
	w.must(err)
	w.told(1, "PF-CHN-009", "failed", "is scheduled for deletion", "aws secretsmanager restore-secret --secret-id panther/china --region ap-southeast-1")
	for _, command := range []string{"link", "rotate-key"} {
		w.says(w.run(1, "china", command, "--yes"), "is scheduled for deletion (PF-CHN-009): restore it with `aws secretsmanager restore-secret`")
	}
}

// TestEachAnswerIsSaid has the bridge answer in ways that are no list.
func TestEachAnswerIsSaid(t *testing.T) {
	w := newWorld(t)
	w.seedGateway()
	w.run(0, "china", "link", "--yes")
	for answer, says := range map[string]string{
		"null":                                 "answers with null",
		`{"errorMessage": "x"}`:                "the function of the backend behind the bridge failed",
		`{"integrations": []}`:                 "JSON that is not a list",
		"<html>It works</html>":                "a web page answers instead of the bridge",
		"<html>该网站未备案</html>":                  "missing ICP recordal",
		"<html>Sign in to Hotel Wi-Fi</html>":  "a captive portal answers",
		"<html>seeded-secret-in-a-page</html>": "a web page",
	} {
		w.bridge.set(answer)
		w.told(1, "PF-CHN-011", "failed", says)
	}
	w.bridge.set("[]")
	w.told(0, "PF-CHN-011", "passed")
}
