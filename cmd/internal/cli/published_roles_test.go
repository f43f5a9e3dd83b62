package cli_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/published"
)

const sharedFiles = "../../../../shared/"

// publishedTemplates are the releases whose entry template is at hand.
var publishedTemplates = map[string]string{
	"v1.14.3": "panther-older/v1.14.3/master.yml", "v1.15.3": "panther-older/v1.15.3/master.yml", "v1.16.0": "panther-community/root.yml",
}

const everythingAllowed = `{"Effect":"Allow","Action":"*","Resource":"*"}`

// TestPublishedRolesDeploy: the vendor's own role of a version has installed it
// and upgraded to it, so neither what the role lacks nor an organization that
// denies just that is a finding.
func TestPublishedRolesDeploy(t *testing.T) {
	if _, err := os.Stat(sharedFiles + "corpus/panther-older"); err != nil {
		t.Skip("the published templates are not here")
	}
	own, templates := ownTable(t), roleTemplates(t)
	for _, hop := range [][2]string{
		{"", "v1.14.3"}, {"", "v1.15.3"}, {"", "v1.16.0"}, {"v1.14.3", "v1.15.3"}, {"v1.14.3", "v1.16.0"}, {"v1.15.3", "v1.16.0"},
	} {
		role, read := own[hop[1]], templates[hop[1]]
		t.Run(hop[0]+" to "+hop[1], func(t *testing.T) {
			for _, f := range deployed(t, hop, role) {
				t.Error(f)
			}
			if read == nil || sameStatements(t, read, role) {
				return
			}
			for _, f := range deployed(t, hop, read) {
				t.Errorf("with the role as it was read: %s", f)
			}
		})
	}
	t.Run("a role without its functions", func(t *testing.T) {
		less := slices.DeleteFunc(slices.Clone(own["v1.16.0"]), func(s json.RawMessage) bool { return strings.Contains(string(s), "lambda:") })
		found := strings.Join(deployed(t, [2]string{"v1.15.3", "v1.16.0"}, less), "\n")
		for _, want := range []string{"PF-IAM-001 failed: PantherDeploymentRole#no-allow:lambda:UpdateFunctionCode", "PF-ROL-002 failed: PantherDeploymentRole#", "PF-SCP-001 failed: 0-root/role.json#OnlyTheRole:lambda:UpdateFunctionCode"} {
			if !strings.Contains(found, want) {
				t.Errorf("not found: %s\n%s", want, found)
			}
		}
	})
}

// deployed are the findings, decided or not, of a deployment with a role, in an
// organization that denies what the role does not name.
func deployed(t *testing.T, hop [2]string, role []json.RawMessage) []string {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		text = strings.NewReplacer("${AWS::Partition}", "aws", "${AWS::Region}", "us-east-1", "${AWS::AccountId}", "111122223333").Replace(text)
		if err := os.WriteFile(path, []byte(`{"Version":"2012-10-17","Statement":[`+text+`]}`), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	var statements, named []string
	for _, raw := range role {
		var s struct{ Action []string }
		if err := json.Unmarshal(raw, &s); err != nil {
			t.Fatal(err)
		}
		statements, named = append(statements, string(raw)), append(named, s.Action...)
	}
	actions, err := json.Marshal(named)
	if err != nil {
		t.Fatal(err)
	}
	write("scp/0-root/role.json", everythingAllowed+`,{"Sid":"OnlyTheRole","Effect":"Deny","NotAction":`+string(actions)+`,"Resource":"*"}`)
	args := []string{
		"--offline", "--stack-name", "panther-prod", "--region", "us-east-1", "--account", "111122223333", "--only", "PF-IAM-001,PF-ROL-002,PF-SCP-001",
		"--template", sharedFiles + "corpus/" + publishedTemplates[hop[1]], "--release", hop[1],
		"--deployment-role-policy", write("role.json", strings.Join(statements, ",")), "--scp-dir", filepath.Join(dir, "scp"),
	}
	if hop[0] != "" {
		args = append(args, "--from", hop[0], "--from-template", sharedFiles+"corpus/"+publishedTemplates[hop[0]])
	}
	var out []string
	results := reportOf(t, args...).Results
	if len(results) != 3 {
		t.Fatalf("%d results", len(results))
	}
	for _, r := range results {
		if r.Status != checks.Passed && r.Status != checks.Failed && !strings.Contains(r.Reason, "Serverless Application Repository") {
			t.Errorf("%s is %s: %s", r.ID, r.Status, r.Reason)
		}
		for _, f := range r.Findings {
			out = append(out, r.ID+" "+string(r.Status)+": "+f.Subject)
		}
	}
	return out
}

// sameStatements says whether two roles are the same, so that one run does for both.
func sameStatements(t *testing.T, a, b []json.RawMessage) bool {
	t.Helper()
	return slices.EqualFunc(a, b, func(a, b json.RawMessage) bool {
		var one, other any
		if json.Unmarshal(a, &one) != nil || json.Unmarshal(b, &other) != nil {
			t.Fatal("a statement is no JSON")
		}
		return reflect.DeepEqual(one, other)
	})
}

func ownTable(t *testing.T) map[string][]json.RawMessage {
	t.Helper()
	out := map[string][]json.RawMessage{}
	for version := range publishedTemplates {
		role, exact, err := published.Find(version)
		if err != nil || !exact {
			t.Fatalf("the role of %s: exact %v, %v", version, exact, err)
		}
		out[version] = role.Statements
	}
	return out
}

// roleTemplates are the statements as they were read from the role templates,
// which need not be there.
func roleTemplates(t *testing.T) map[string][]json.RawMessage {
	t.Helper()
	text, err := os.ReadFile(sharedFiles + "data/deployment-role-fingerprints.json")
	if err != nil {
		return nil
	}
	var all []struct {
		Versions   []struct{ Ref string }
		Statements []struct {
			Effect, ResourceKey string
			Actions, Resources  []string
		}
	}
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	out := map[string][]json.RawMessage{}
	for _, role := range all {
		var statements []json.RawMessage
		for _, s := range role.Statements {
			raw, err := json.Marshal(map[string]any{"Effect": s.Effect, "Action": s.Actions, s.ResourceKey: s.Resources})
			if err != nil {
				t.Fatal(err)
			}
			statements = append(statements, raw)
		}
		for _, v := range role.Versions {
			if publishedTemplates[v.Ref] != "" {
				out[v.Ref] = statements
			}
		}
	}
	return out
}
