package cli

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// TestSimulateExitCodes checks the code of every kind of answer: denied before
// unknown before allowed, and malformed policies before all.
func TestSimulateExitCodes(t *testing.T) {
	const (
		allowed = `{"identityPolicies":{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}},"scps":[],"request":{"action":"s3:GetObject","resource":"*","principal":"arn:aws:iam::111122223333:user/a"}}`
		denied  = `{"scps":[],"request":{"action":"s3:GetObject","resource":"*","principal":"arn:aws:iam::111122223333:user/a"}}`
		unknown = `{"identityPolicies":{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a:b":"true"}}}},"scps":[],"request":{"action":"s3:GetObject","resource":"*","principal":"arn:aws:iam::111122223333:user/a","unknownContextKeys":["a:b"]}}`
		bad     = `{"identityPolicies":{},"scps":[],"request":{"action":"s3:GetObject","resource":"*","principal":"arn:aws:iam::111122223333:user/a"}}`
	)
	tests := map[string]struct {
		lines []string
		want  int
	}{
		"allowed":            {[]string{allowed, allowed}, session.ExitOK},
		"denied":             {[]string{allowed, denied}, session.ExitFinding},
		"unknown":            {[]string{unknown, allowed}, session.ExitUnknown},
		"denied and unknown": {[]string{unknown, denied, unknown}, session.ExitFinding},
		"malformed policy":   {[]string{denied, bad, allowed}, session.ExitUsage},
		"malformed case":     {[]string{allowed, "{"}, session.ExitUsage},
		"no IAM action":      {[]string{denied, strings.Replace(allowed, "s3:GetObject", "s3:SetBucketEncryption", 1)}, session.ExitUsage},
		"no case":            {nil, session.ExitUsage},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var out, errs bytes.Buffer
			got := Run(context.Background(), []string{"simulate", "--cases", "-"}, session.Streams{
				In: strings.NewReader(strings.Join(test.lines, "\n")), Out: &out, Err: &errs,
				Getenv: func(string) string { return "" }, Now: time.Now,
			})
			secretscan.Ran(t, nil, out.String(), errs.String())
			if got != test.want {
				t.Errorf("got exit code %d, want %d\n%s%s", got, test.want, out.String(), errs.String())
			}
			if (test.want == session.ExitUsage) != (errs.Len() > 0) {
				t.Errorf("stderr has %q", errs.String())
			}
			if answers := strings.Count(out.String(), "\n"); answers != len(test.lines) {
				t.Errorf("%d answers to %d cases", answers, len(test.lines))
			}
		})
	}
}

// simulated runs simulate against a folder of policies and gives what it wrote.
func simulated(t *testing.T, terminal bool, args ...string) (code int, out, errs string) {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"FullAWSAccess.json": `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`,
		"lock.json": `{"Version":"2012-10-17","Statement":[
{"Sid":"Lock","Effect":"Deny","Action":"*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}},
{"Sid":"Prod","Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::prod-*"}]}`,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var o, e bytes.Buffer
	code = Run(context.Background(), append([]string{"simulate", "--principal", "arn:aws:iam::111122223333:role/R", "--region", "eu-west-1", "--scp-dir", dir}, args...), session.Streams{
		Out: &o, Err: &e, OutTerminal: terminal, Getenv: func(string) string { return "" }, Now: time.Now,
	})
	secretscan.Ran(t, nil, o.String(), e.String())
	return code, o.String(), e.String()
}

// TestSimulateRefusesWhatIsNoRequest: a request that AWS would never see is an
// error, not an answer.
func TestSimulateRefusesWhatIsNoRequest(t *testing.T) {
	const bucket = "arn:aws:s3:::b"
	for name, test := range map[string]struct {
		action, resource string
		says             string
	}{
		"the name of an API":    {"s3:SetBucketEncryption", bucket, "s3:PutEncryptionConfiguration"},
		"another API":           {"s3:PutBucketEncryption", bucket, "s3:PutEncryptionConfiguration"},
		"a typo":                {"s3:CreateBuckett", bucket, "the nearest is s3:CreateBucket"},
		"prefix of the SDK":     {"elbv2:CreateLoadBalancer", "*", "the nearest is elasticloadbalancing:CreateLoadBalancer"},
		"a service of its own":  {"cognito:CreateUserPool", "*", "the nearest is cognito-idp:CreateUserPool"},
		"nothing alike":         {"zzz:Qqq", "*", "zzz:Qqq is not an IAM action"},
		"a bare name":           {"s3:CreateBucket", "prod-x", `--resource: "prod-x" is no ARN`},
		"an ARN without a part": {"s3:CreateBucket", "arn:aws:s3::prod-x", "is no ARN"},
	} {
		t.Run(name, func(t *testing.T) {
			code, out, errs := simulated(t, false, "--action", test.action, "--resource", test.resource)
			if code != session.ExitUsage || out != "" || !strings.Contains(errs, test.says) {
				t.Errorf("exit %d, %q, %q, want %q", code, out, errs, test.says)
			}
		})
	}
}

// TestSimulateGlobalServices: a region lock meets a service of one endpoint in
// the service's own region.
func TestSimulateGlobalServices(t *testing.T) {
	for action, want := range map[string]int{
		"support:CreateCase": session.ExitFinding, "iam:ListRoles": session.ExitFinding, "ce:GetCostAndUsage": session.ExitFinding, "health:DescribeEvents": session.ExitFinding,
		"ec2:DescribeVpcs": session.ExitOK, "s3:ListAllMyBuckets": session.ExitOK,
	} {
		if code, out, errs := simulated(t, false, "--action", action, "--resource", "*"); code != want {
			t.Errorf("%s: exit %d, want %d\n%s%s", action, code, want, out, errs)
		}
	}
}

// TestSimulateStarIsNoResource: "*" is asked as any resource where the action
// works on one.
func TestSimulateStarIsNoResource(t *testing.T) {
	code, out, errs := simulated(t, false, "--action", "s3:CreateBucket", "--resource", "*")
	if code != session.ExitUnknown || !strings.Contains(out, `"depends_on":["resource"]`) || !strings.Contains(errs, "* stands for any (arn:aws:s3:::*)") {
		t.Errorf("exit %d\n%s%s", code, out, errs)
	}
	if code, out, errs = simulated(t, false, "--action", "s3:GetObject", "--resource", "*", "--context", "aws:RequestedRegion=us-east-1"); code != session.ExitFinding {
		t.Errorf("what denies every resource denies: exit %d\n%s%s", code, out, errs)
	}
}

// TestSimulateText: who, what, where it is denied, why and what would allow it.
func TestSimulateText(t *testing.T) {
	code, out, _ := simulated(t, true, "--action", "s3:CreateBucket", "--resource", "arn:aws:s3:::b", "--context", "aws:RequestedRegion=us-east-1")
	for _, want := range []string{
		"Denied (explicitly): s3:CreateBucket\n", "principal  arn:aws:iam::111122223333:role/R\n", "resource   arn:aws:s3:::b\n",
		"denied by  SCP, statement Lock of lock.json (line 2)\n",
		"because    aws:RequestedRegion is us-east-1; the condition is StringNotEquals [eu-west-1]\n", "to allow   use aws:RequestedRegion = eu-west-1, or add the value of the request to that list",
	} {
		if code != session.ExitFinding || !strings.Contains(out, want) {
			t.Errorf("exit %d, no %q in\n%s", code, want, out)
		}
	}
	if _, out, _ = simulated(t, true, "--action", "s3:CreateBucket", "--resource", "arn:aws:s3:::b"); !strings.HasPrefix(out, "Allowed: s3:CreateBucket\n") || strings.Contains(out, "denied by") {
		t.Errorf("allowed:\n%s", out)
	}
	if _, out, _ = simulated(t, true, "--action", "s3:CreateBucket", "--resource", "*"); !strings.Contains(out, "to allow   find out: resource") {
		t.Errorf("unknown:\n%s", out)
	}
	if _, out, _ = simulated(t, true, "--action", "s3:CreateBucket", "--resource", "arn:aws:s3:::b", "--format", "json"); !strings.HasPrefix(out, "{") {
		t.Errorf("--format json on a terminal: %s", out)
	}
	if _, out, _ = simulated(t, false, "--action", "s3:CreateBucket", "--resource", "arn:aws:s3:::b", "--format", "text"); !strings.HasPrefix(out, "Allowed") {
		t.Errorf("--format text on a pipe: %s", out)
	}
	if code, _, _ = simulated(t, false, "--action", "s3:CreateBucket", "--resource", "arn:aws:s3:::b", "--format", "xml"); code != session.ExitUsage {
		t.Errorf("--format xml: exit %d", code)
	}
}
