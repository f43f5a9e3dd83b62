package chinabridge

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

func planned(t *testing.T, w *world) *Rotation {
	t.Helper()
	r, err := w.ends().PlanRotation(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	r.Wait, r.Tries = 0, 3
	return r
}

func rotate(t *testing.T, w *world) (string, error) {
	t.Helper()
	r := planned(t, w)
	said := strings.Join(r.Changes(), "\n")
	r.Say = func(step string) { said += "\n" + step }
	err := r.Run(t.Context())
	return fmt.Sprint(said, "\n", err), err
}

func (w *world) enabledKeys() string {
	var ids []string
	for _, k := range w.keys {
		if k.on {
			ids = append(ids, k.id)
		}
	}
	return strings.Join(ids, " ")
}

// TestRotation breaks a rotation at every step.
func TestRotation(t *testing.T) {
	for _, c := range []struct {
		name           string
		fates          map[string][]fate
		holds, enabled string
		says           []string
	}{
		{"nothing fails", nil, "new1", "new1", []string{"the old key old is disabled"}},
		{"no key", map[string][]fate{"create": {refusal}}, "old", "old", []string{"stopped: create the new key: AccessDeniedException: not authorized; the old key still works: the secret is as it was, and old is enabled"}},
		{"no answer about the key", map[string][]fate{"create": {unheard}}, "old", "old new1", []string{"may exist all the same"}},
		{"no plan", map[string][]fate{"attach": {unsent}}, "old", "old", []string{"the new key new1 is left, disabled"}},
		{"nothing to shut", map[string][]fate{"attach": {refusal}, "enable": {refusal}}, "old", "old new1", []string{"the new key new1 is left enabled", "to do by hand: disable it: aws apigateway update-api-key --api-key new1"}},
		{"refused", map[string][]fate{"put": {refusal}}, "old", "old", []string{"update the secret: AccessDeniedException", "the secret is as it was", "the new key new1 is left, disabled"}},
		{"never sent", map[string][]fate{"put": {unsent}}, "old", "old new1", []string{"the old key still works", "because the secret may come to hold it", "to do by hand: disable new1 when no other rotation runs"}},
		{"not sent, then fenced", map[string][]fate{"put": {unsent, unsent, unsent, fine}}, "old", "old", []string{"the old key still works", "the new key new1 is left, disabled"}},
		{"sent again", map[string][]fate{"put": {unsent, fine}}, "new1", "new1", []string{"the old key old is disabled"}},
		{"arrived unheard", map[string][]fate{"put": {unheard}}, "new1", "new1", []string{"the old key old is disabled"}},
		{"refused after it was lost", map[string][]fate{"put": {unsent, refusal, fine}}, "old", "old", []string{"the new key new1 is left, disabled"}},
		{"not read back", map[string][]fate{"read": {fine, fine, unsent}}, "new1", "old new1", []string{"which key the secret holds is not known", "leave every key enabled until"}},
		{"read back after all", map[string][]fate{"read": {fine, fine, unsent, fine}}, "new1", "old new1", []string{"read the secret back", "the secret has the new key new1, which is enabled", "disable old by hand, when"}},
		{"read back late", map[string][]fate{"read": {fine, fine, stale, stale, fine, stale, stale, fine, stale, stale, fine}}, "new1", "new1", []string{"the old key old is disabled"}},
		{"no answer", map[string][]fate{"probe": {unsent}}, "old", "old", []string{"the answer is unreachable: no answer in time; the old key still works: the secret has its old value again", "the new key new1 is left, disabled"}},
		{"no answer, no way back", map[string][]fate{"probe": {unsent}, "put": {fine, refusal}}, "new1", "old new1", []string{"the secret has the new key new1, which is enabled"}},
		{"old key stays", map[string][]fate{"enable": {refusal}}, "new1", "old new1", []string{"disable the old key old: AccessDeniedException", "the secret has the new key new1, which works", "disable old by hand: aws"}},
		{"old key disabled unheard", map[string][]fate{"enable": {unheard}}, "new1", "new1", []string{"the old key old is disabled"}},
		{"not read before", map[string][]fate{"read": {fine, fine, fine, unsent, fine}}, "new1", "old new1", []string{"read the secret before the old key is disabled"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWorld()
			if c.fates != nil {
				w.fates = c.fates
			}
			said, err := rotate(t, w)
			var stopped *Stopped
			if failed := c.fates != nil && c.name != "arrived unheard" && c.name != "sent again" && c.name != "read back late"; failed != errors.As(err, &stopped) {
				t.Errorf("%v", err)
			}
			for _, says := range c.says {
				if !strings.Contains(said, says) {
					t.Errorf("%q is not in\n%s", says, said)
				}
			}
			if strings.Contains(said, "seeded") {
				t.Error(said)
			}
			if w.current().id != c.holds || w.enabledKeys() != c.enabled || !w.opens() {
				t.Errorf("the secret holds %s, enabled are %s\n%s", w.current().id, w.enabledKeys(), said)
			}
		})
	}
}

// TestInterrupted ends the run at each point: a write is not cut, and the secret
// is put back all the same.
func TestInterrupted(t *testing.T) {
	for _, at := range []phase{creating, attaching, checking, writing, looking, asking} {
		w := newWorld()
		r := planned(t, w)
		ctx, cancel := context.WithCancel(t.Context())
		for r.phase != at {
			r.step(ctx)
		}
		cancel()
		r.ends.Probe = func(context.Context, bridge.Address, bridge.Hidden) checks.BridgeProbe {
			return checks.BridgeProbe{Answer: checks.ProbeForbidden, Status: 403}
		}
		r.Wait = time.Hour
		var stopped *Stopped
		if err := r.Run(ctx); !errors.As(err, &stopped) || !errors.Is(err, context.Canceled) || !strings.Contains(err.Error(), "the old key still works") {
			t.Errorf("in phase %d: %v", at, err)
		}
		if w.current().id != "old" || w.enabledKeys() != "old" {
			t.Errorf("in phase %d: the secret holds %s, enabled are %s", at, w.current().id, w.enabledKeys())
		}
	}
	// After the bridge has answered, an interrupt does not stop what is left.
	w := newWorld()
	r := planned(t, w)
	ctx, cancel := context.WithCancel(t.Context())
	for r.phase != confirming {
		r.step(ctx)
	}
	cancel()
	if err := r.Run(ctx); err != nil || w.enabledKeys() != "new1" {
		t.Errorf("%v, enabled are %s", err, w.enabledKeys())
	}
}

// TestTheNextRun kills a run before each call and runs again.
func TestTheNextRun(t *testing.T) {
	for killed := creating; killed <= verifying; killed++ {
		w := newWorld()
		r := planned(t, w)
		if killed == fencing {
			w.fates["put"] = []fate{unsent, unsent, unsent, fine}
		}
		if killed == withdrawing || killed == returning || killed == returned || killed == shutting {
			w.fates["probe"] = []fate{unsent, unsent, unsent, fine}
		}
		for r.phase != killed {
			r.step(t.Context())
		}
		said, err := rotate(t, w)
		if err != nil || !w.opens() {
			t.Errorf("killed in phase %d: %v, the secret holds %v", killed, err, w.current())
		}
		for _, k := range w.keys {
			if k.on && k.attached && k.id != w.current().id {
				t.Errorf("killed in phase %d: the next run leaves %s enabled\n%s", killed, k.id, said)
			}
		}
	}
}

// TestAKeyOfAnotherSecretStays has a rotation for another secret on the plan.
func TestAKeyOfAnotherSecretStays(t *testing.T) {
	w := newWorld()
	w.keys = append(w.keys, opener{id: "other", on: true, attached: true, note: "made by panther-preflight for the secret arn:other in place of the key old"},
		opener{id: "hand", on: true, attached: true}, opener{id: "rest", on: true, attached: true, note: "made by panther-preflight for the secret arn:secret in place of the key none"})
	said, err := rotate(t, w)
	if err != nil || w.enabledKeys() != "other hand new1" || !strings.Contains(said, "the key rest, which a rotation of this secret that did not end has left enabled, is disabled as well") {
		t.Errorf("%v: enabled are %s\n%s", err, w.enabledKeys(), said)
	}
}

// TestABrokenLinkIsRotated has the secret hold a disabled key: the old value is
// not put back, because it does not work either.
func TestABrokenLinkIsRotated(t *testing.T) {
	w := newWorld()
	w.keys[0].on = false
	w.fates["probe"] = []fate{unsent}
	if said, err := rotate(t, w); err == nil || !w.opens() || !strings.Contains(said, "the secret has the new key new1, which is enabled") {
		t.Errorf("%v\n%s", err, said)
	}
	w = newWorld()
	w.keys[0].on = false
	if said, err := rotate(t, w); err != nil || !w.opens() {
		t.Errorf("%v\n%s", err, said)
	}
}

func TestRotationNeedsALink(t *testing.T) {
	for _, text := range []string{"{}", `{"URL": "https://a.execute-api.cn-north-1.amazonaws.com.cn/prod"}`, `{"URL": "https://b/prod", "API_KEY": "seeded-old"}`, "seeded-old",
		`{"URL": "https://a.execute-api.cn-north-1.amazonaws.com.cn/prod", "API_KEY": "seeded-old "}`} {
		w := newWorld()
		w.versions[0].text = text
		_, err := w.ends().PlanRotation(t.Context())
		var blocked *Blocked
		if !errors.As(err, &blocked) || !strings.Contains(err.Error(), "PF-CHN-009") || strings.Contains(err.Error(), "seeded") {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestClassify has the refusals as the SDK gives them: most have no type, and
// their fault is not known.
func TestClassify(t *testing.T) {
	answer := func(status int, code string) error {
		return &smithy.OperationError{ServiceID: "Secrets Manager", OperationName: "PutSecretValue", Err: &smithyhttp.ResponseError{
			Response: &smithyhttp.Response{Response: &http.Response{StatusCode: status}}, Err: &smithy.GenericAPIError{Code: code, Message: "m"},
		}}
	}
	for err, want := range map[error]outcome{
		nil: written, answer(400, "AccessDeniedException"): refused, answer(400, "EncryptionFailure"): refused, answer(403, "UnrecognizedClientException"): refused,
		answer(400, "ThrottlingException"): lost, answer(429, "TooMany"): lost, answer(500, "InternalServiceError"): lost, answer(400, "RequestTimeout"): lost,
		errBroken: lost, context.DeadlineExceeded: lost,
	} {
		if got := classify(err); got != want {
			t.Errorf("%v: %d, want %d", err, got, want)
		}
	}
	if after("v") != after("v") || after("v") == after("w") || after("") == after("") || len(after("v")) != 36 {
		t.Error("the id of the next version")
	}
}

func TestACauseQuotesNothing(t *testing.T) {
	h := bridge.Hide("seeded/key+1")
	for _, text := range []string{"seeded/key+1", "seeded%2Fkey%2B1", "c2VlZGVkL2tleSsx", "7365656465642f6b65792b31"} {
		for _, err := range []error{errors.New("refused: " + text), &smithy.GenericAPIError{Code: "ValidationException", Message: "the value '" + text + "' is not valid"}} {
			if got := because(err, h); strings.Contains(got, text) || got == "" {
				t.Errorf("%s is in %s", text, got)
			}
		}
	}
	// The answer that a new key comes in is broken: its value is not known here.
	broken := &smithy.OperationError{ServiceID: "API Gateway", OperationName: "CreateApiKey", Err: &smithyhttp.RequestSendError{Err: errors.New("malformed HTTP response seeded/new")}}
	if got := because(broken, h); got != "the connection failed" {
		t.Error(got)
	}
	if got := because(errRefused, h, bridge.Hide("")); got != "AccessDeniedException: not authorized" {
		t.Error(got)
	}
}

// TestTheTableHasEveryPhase holds docs/china-bridge.md against the phases.
func TestTheTableHasEveryPhase(t *testing.T) {
	names := [settled]string{
		creating: "creating", attaching: "attaching", checking: "checking", writing: "writing", looking: "looking", fencing: "fencing", asking: "asking",
		confirming: "confirming", retiring: "retiring", withdrawing: "withdrawing", returning: "returning", returned: "returned", shutting: "shutting",
		verifying: "verifying", reopening: "reopening", accounting: "accounting",
	}
	text, err := os.ReadFile("../../../docs/china-bridge.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(text), "| state | true before the call |")
	var rows []string
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) == 7 && !strings.HasPrefix(cells[1], "-") && strings.TrimSpace(cells[1]) != "" {
			rows = append(rows, strings.TrimSpace(cells[1]))
		}
		if len(rows) > 0 && len(cells) < 3 {
			break
		}
	}
	if !slices.Equal(rows, names[:]) {
		t.Errorf("the table has %v, the phases are %v", rows, names)
	}
}
