package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheExampleReadsThePoliciesItIsGiven has policies exported beside the
// embedded release: they are judged, or the folder is refused.
func TestTheExampleReadsThePoliciesItIsGiven(t *testing.T) {
	dir := t.TempDir()
	denied := filepath.Join(dir, "0-root", "no-queues.json")
	if err := os.Mkdir(filepath.Dir(denied), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(denied, []byte(`{"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "sqs:*", "Resource": "*"}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	for flag, value := range map[string]string{"--scp-dir": dir, "--deployment-role-policy": denied} {
		code, out, errs := run(t, nil, "check", "--example", "--format", "short", flag, value)
		if code != 1 || !strings.Contains(out, "no-queues.json") || !strings.Contains(out, "of yours, only the exported policies were read") {
			t.Errorf("%s: exit %d: %s%s", flag, code, out, errs)
		}
		code, out, errs = run(t, nil, "check", "--example", flag, filepath.Join(dir, "nowhere"))
		if code != 2 || out != "" || !strings.Contains(errs, flag) || !strings.Contains(errs, "nowhere") {
			t.Errorf("%s: exit %d: %s%s", flag, code, out, errs)
		}
	}
}
