package cli

import (
	"bytes"
	"context"
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
		allowed = `{"identityPolicies":{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}},"scps":[],"request":{"action":"s3:a","resource":"*","principal":"arn:aws:iam::111122223333:user/a"}}`
		denied  = `{"scps":[],"request":{"action":"s3:a","resource":"*","principal":"arn:aws:iam::111122223333:user/a"}}`
		unknown = `{"identityPolicies":{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a:b":"true"}}}},"scps":[],"request":{"action":"s3:a","resource":"*","principal":"arn:aws:iam::111122223333:user/a","unknownContextKeys":["a:b"]}}`
		bad     = `{"identityPolicies":{},"scps":[],"request":{"action":"s3:a","resource":"*","principal":"arn:aws:iam::111122223333:user/a"}}`
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
		})
	}
}
