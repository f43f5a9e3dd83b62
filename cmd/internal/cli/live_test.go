package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/check"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// liveEnvironment points the SDK at nothing but what a test gives.
func liveEnvironment(t testing.TB) {
	t.Helper()
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": secretscan.Mark + "live", "AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull,
	} {
		t.Setenv(name, value)
	}
	for _, name := range []string{"AWS_PROFILE", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
}

// runLive runs one command against an account.
func runLive(t testing.TB, ctx context.Context, endpoint string, args ...string) (code int, out, errs string) {
	t.Helper()
	return runPlain(t, ctx, append([]string{args[0], "--endpoint-url", endpoint, "--region", "us-east-1"}, args[1:]...)...)
}

// runPlain runs one command with these arguments and no others.
func runPlain(t testing.TB, ctx context.Context, args ...string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = Run(ctx, args, session.Streams{
		In: strings.NewReader(""), Out: &stdout, Err: &stderr, Getenv: func(string) string { return "" },
		Now: func() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) },
	})
	secretscan.Ran(t, args, stdout.String(), stderr.String())
	return code, stdout.String(), stderr.String()
}

var liveInput = []string{
	"--template", "testdata/live.yml", "--stack-name", "panther", "--release", "v1.31.1",
	"-p", "FirstUserEmail=jane@example.org", "-p", "CustomDomain=panther.example.com",
	"-p", "VpcID=vpc-1", "-p", "SubnetOneID=subnet-1", "-p", "SubnetTwoID=subnet-2", "-p", "SecurityGroupID=sg-1",
	"-p", "ApiCertificateArn=arn:aws:acm:us-east-1:111122223333:certificate/1",
	"-p", "PulumiSecretArn=arn:aws:secretsmanager:us-east-1:246537256134:secret:pulumi-x",
	"-p", "PulumiSecretKeyArn=arn:aws:kms:us-east-1:246537256134:key/1",
}

func liveReport(t *testing.T, a *fakeaws.Account, more ...string) checks.Report {
	t.Helper()
	args := slices.Concat([]string{"check", "--format", "json"}, liveInput, more)
	code, out, errs := runLive(t, context.Background(), a.Start(t), args...)
	var r checks.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatalf("exit %d: %v\n%s%s", code, err, out, errs)
	}
	if code != r.ExitCode {
		t.Errorf("exit %d, the report says %d", code, r.ExitCode)
	}
	return r
}

func printedPermissions(t *testing.T) []string {
	t.Helper()
	code, out, errs := runLive(t, context.Background(), "", "permissions")
	var policy struct {
		Statement []struct{ Action []string }
	}
	if err := json.Unmarshal([]byte(out), &policy); err != nil || code != session.ExitOK {
		t.Fatalf("exit %d: %v %s", code, err, errs)
	}
	var actions []string
	for _, s := range policy.Statement {
		actions = append(actions, s.Action...)
	}
	slices.Sort(actions)
	return actions
}

// With exactly the printed policy nothing is missing. What is without any one of
// its actions, TestNoPermissionHidesWhatWasFound says.
func TestPermissions(t *testing.T) {
	liveEnvironment(t)
	allowed := printedPermissions(t)
	whole := fakeaws.Panther()
	whole.Allowed = allowed
	want := liveReport(t, whole)
	for _, g := range want.Gaps {
		if g.Reason == "AccessDenied" {
			t.Errorf("with the printed policy, %s is denied for %s", g.Action, g.Fact)
		}
	}
}

// repeatedReports makes reports with policies that are compiled once.
func repeatedReports(t testing.TB) func(*fakeaws.Account) checks.Report {
	t.Helper()
	return selectedReports(t, input.Selection{})
}

// selectedReports are those of the checks that are selected.
func selectedReports(t testing.TB, selected input.Selection) func(*fakeaws.Account) checks.Report {
	t.Helper()
	return reportsOf(t, selected, func(*check.Flags) {})
}

// reportsThatAllowUnknown are those of a run with --allow-unknown.
func reportsThatAllowUnknown(t testing.TB) func(*fakeaws.Account) checks.Report {
	t.Helper()
	return reportsOf(t, input.Selection{}, func(c *check.Flags) { c.AllowUnknown = true })
}

func reportsOf(t testing.TB, selected input.Selection, change func(*check.Flags)) func(*fakeaws.Account) checks.Report {
	t.Helper()
	a := &session.Session{Streams: session.Streams{Err: io.Discard, Getenv: func(string) string { return "" }, Now: func() time.Time { return time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC) }}}
	a.Global.Region = "us-east-1"
	c := &check.Flags{FailOn: "error", Live: input.Live{Timeout: time.Minute, Concurrency: 16}, Input: input.Flags{
		Template: liveInput[1], StackName: liveInput[3], Release: liveInput[5], DeploymentRole: input.DefaultRole,
	}}
	for i := 6; i < len(liveInput); i += 2 {
		c.Input.Values = append(c.Input.Values, liveInput[i+1])
	}
	change(c)
	e, err := input.Engine(context.Background(), a, selected)
	if err != nil {
		t.Fatal(err)
	}
	return func(account *fakeaws.Account) checks.Report {
		a.Global.EndpointURL = account.Start(t)
		g, err := check.Gather(context.Background(), a, c, e.Needs())
		if err != nil {
			t.Fatal(err)
		}
		r, err := check.Judge(context.Background(), a, c, e, g)
		if err != nil {
			t.Fatal(err)
		}
		return *r
	}
}

func TestAnUpgradeIsDetected(t *testing.T) {
	liveEnvironment(t)
	r := liveReport(t, fakeaws.Panther())
	if r.Target.Phase != checks.Upgrade || r.Target.From != "v1.30.5" || r.Target.Account != fakeaws.AccountID {
		t.Errorf("%+v", r.Target)
	}
}

func TestARecordingReplaysByteForByte(t *testing.T) {
	liveEnvironment(t)
	onePolicy := func(denied ...string) *fakeaws.Account {
		a := ruined()
		a.Denied, a.DeniedWith = denied, map[string]string{"organizations:DescribePolicy": "p-names"}
		return a
	}
	for name, account := range map[string]*fakeaws.Account{
		"the organization is read":               denying("sqs:ListQueues"),
		"the simulator is asked":                 denying("sqs:ListQueues", "organizations:ListPoliciesForTarget"),
		"the simulator is refused, too":          denying("sqs:ListQueues", "organizations:ListPoliciesForTarget", "iam:SimulatePrincipalPolicy"),
		"a policy of the organization is denied": onePolicy("sqs:ListQueues"),
		"and the simulator is refused":           onePolicy("sqs:ListQueues", "iam:SimulatePrincipalPolicy"),
	} {
		t.Run(name, func(t *testing.T) { replaysByteForByte(t, account) })
	}
}

func denying(actions ...string) *fakeaws.Account {
	a := fakeaws.Panther()
	a.Denied = actions
	return a
}

// recordedHead is what a replay says of the recording, and nothing else may differ.
var recordedHead = regexp.MustCompile(`,\n    "recorded": \{(?s:.*?)\n    \}`)

func replaysByteForByte(t *testing.T, a *fakeaws.Account) {
	t.Helper()
	endpoint := a.Start(t)
	file := filepath.Join(t.TempDir(), "facts.json")
	liveCode, live, _ := runLive(t, context.Background(), endpoint, slices.Concat([]string{"check", "--format", "json"}, liveInput)...)
	if code, _, errs := runLive(t, context.Background(), endpoint, slices.Concat([]string{"collect", "-o", file}, liveInput)...); code != session.ExitUnknown || !strings.Contains(errs, "sqs:ListQueues") {
		t.Errorf("collect: exit %d: %s", code, errs)
	}
	calls := a.Count()
	for name, args := range map[string][]string{
		"alone":               {"check", "--format", "json", "--facts", file},
		"with the same flags": slices.Concat([]string{"check", "--format", "json", "--facts", file}, liveInput),
	} {
		code, replayed, errs := runLive(t, context.Background(), endpoint, args...)
		if !recordedHead.MatchString(replayed) {
			t.Errorf("%s: the report does not say that it is a replay", name)
		}
		replayed = recordedHead.ReplaceAllString(replayed, "")
		if code != liveCode || replayed != live {
			t.Errorf("%s: exit %d, live %d: %s\n%s", name, code, liveCode, errs, firstDifference(live, replayed))
		}
	}
	if a.Count() != calls {
		t.Errorf("a replay made %d calls", a.Count()-calls)
	}
}

func firstDifference(a, b string) string {
	la, lb := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(la), len(lb)) {
		if la[i] != lb[i] {
			return "live: " + la[i] + "\nfile: " + lb[i]
		}
	}
	return "one is longer"
}

func TestARedactedRecordingGivesTheSameVerdicts(t *testing.T) {
	liveEnvironment(t)
	endpoint := fakeaws.Panther().Start(t)
	file := filepath.Join(t.TempDir(), "facts.json")
	_, live, _ := runLive(t, context.Background(), endpoint, slices.Concat([]string{"check", "--format", "json"}, liveInput)...)
	if code, _, errs := runLive(t, context.Background(), endpoint, slices.Concat([]string{"collect", "--redact", "-o", file}, liveInput)...); code == session.ExitUsage {
		t.Fatal(errs)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{fakeaws.AccountID, "246537256134", fakeaws.OrganizationID, "ou-aaaa-bbbbbbbb", "r-aaaa\"", "jane@example.org", "Jane Doe"} {
		if bytes.Contains(text, []byte(name)) {
			t.Errorf("%s is in the redacted file", name)
		}
	}
	_, replayed, _ := runLive(t, context.Background(), endpoint, "check", "--format", "json", "--facts", file)
	var before, after checks.Report
	if json.Unmarshal([]byte(live), &before) != nil || json.Unmarshal([]byte(replayed), &after) != nil {
		t.Fatalf("no reports: %s", replayed)
	}
	for i := range before.Results {
		if b, a := before.Results[i], after.Results[i]; b.Status != a.Status || len(b.Findings) != len(a.Findings) {
			t.Errorf("%s is %s with %d findings, it was %s with %d", a.ID, a.Status, len(a.Findings), b.Status, len(b.Findings))
		}
	}
}

func TestAnInterruptedCheckExits130(t *testing.T) {
	liveEnvironment(t)
	a := fakeaws.Panther()
	a.Faults = map[string]fakeaws.Fault{"iam:ListRoles": fakeaws.Slow}
	ctx, cancel := context.WithCancel(context.Background())
	time.AfterFunc(time.Second, cancel)
	began := time.Now()
	code, out, _ := runLive(t, ctx, a.Start(t), slices.Concat([]string{"check"}, liveInput)...)
	if code != session.ExitInterrupted || out != "" {
		t.Errorf("exit %d: %s", code, out)
	}
	if time.Since(began) > 8*time.Second {
		t.Error("the interruption waited for the answer")
	}
}

func TestWithoutCredentialsTheHintNamesTheWayOut(t *testing.T) {
	liveEnvironment(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "")
	code, _, errs := runLive(t, context.Background(), "http://127.0.0.1:1", slices.Concat([]string{"check"}, liveInput)...)
	if code != session.ExitUsage || !strings.Contains(errs, "--offline") {
		t.Errorf("exit %d: %s", code, errs)
	}
}

func TestAFactFileMustBeOne(t *testing.T) {
	for name, text := range map[string]string{
		"no JSON": "{", "another document": `{"a": 1}`, "another version": `{"schema_version": 99}`,
		"an unknown fact": `{"schema_version": 1, "facts": {"run": {"time": "x"}, "buckts": []}}`,
	} {
		file := filepath.Join(t.TempDir(), "facts.json")
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		code, _, errs := runLive(t, context.Background(), "", "check", "--facts", file)
		if code != session.ExitUsage || !strings.Contains(errs, "facts.json") {
			t.Errorf("%s: exit %d: %s", name, code, errs)
		}
	}
}
