package scpdir

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// fakeAWS answers as the AWS CLI would for an account in one organizational
// unit, with a policy of its own at the unit.
const fakeAWS = `#!/bin/sh
case "$*" in
*"list-parents --child-id 111122223333"*) echo ou-1 ;;
*"list-parents --child-id ou-1"*) echo r-1 ;;
*list-roots*) printf 'SERVICE_CONTROL_POLICY\tRESOURCE_CONTROL_POLICY\n' ;;
*"--target-id ou-1 --filter SERVICE_CONTROL_POLICY"*) printf 'p-FullAWSAccess\tp-lock\n' ;;
*"--filter SERVICE_CONTROL_POLICY"*) echo p-FullAWSAccess ;;
*"--filter RESOURCE_CONTROL_POLICY"*) echo p-RCPFullAWSAccess ;;
*"--policy-id p-lock"*) echo '{"Policy":{"PolicySummary":{"Type":"SERVICE_CONTROL_POLICY"},"Content":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Deny\",\"Action\":\"sqs:*\",\"Resource\":\"*\"}}"}}' ;;
*"--policy-id p-FullAWSAccess"*) echo '{"Policy":{"PolicySummary":{"Type":"SERVICE_CONTROL_POLICY"},"Content":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"}}' ;;
*"--policy-id p-RCPFullAWSAccess"*) echo '{"Policy":{"PolicySummary":{"Type":"RESOURCE_CONTROL_POLICY"},"Content":"{\"Version\":\"2012-10-17\",\"Statement\":{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}"}}' ;;
*) echo "unexpected: aws $*" >&2; exit 1 ;;
esac
`

// TestDocumentedExport runs the script of docs/scp-export.md, so that what the
// page says is what Load reads.
func TestDocumentedExport(t *testing.T) {
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("there is no POSIX shell to run the script with")
	}
	page, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "scp-export.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, after, _ := strings.Cut(string(page), "```sh\n")
	script, _, found := strings.Cut(after, "```")
	if !found {
		t.Fatal("the page has no script")
	}
	work := t.TempDir()
	if err := os.WriteFile(filepath.Join(work, "aws"), []byte(fakeAWS), 0o755); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(shell, "-c", script, "export", "111122223333")
	cmd.Dir = work
	cmd.Env = append(os.Environ(), "PATH="+work+string(os.PathListSeparator)+os.Getenv("PATH"))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("run the script: %v\n%s", err, out)
	}
	got, err := Load(os.DirFS(filepath.Join(work, "scps")))
	if err != nil {
		t.Fatal(err)
	}
	want := "00-r-1/p-FullAWSAccess.json / 01-ou-1/p-FullAWSAccess.json,01-ou-1/p-lock.json / 02-111122223333/p-FullAWSAccess.json"
	if shape(got.SCPs) != want || len(got.RCPs) != 3 {
		t.Errorf("got %q and %q", shape(got.SCPs), shape(got.RCPs))
	}
}
