package policies_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// judgeTemplates returns what the checks of templates find, by check.
func judgeTemplates(t *testing.T, path, region string) map[string][]checks.Finding {
	t.Helper()
	found := map[string][]checks.Finding{}
	for _, r := range evaluate(t, path, region) {
		if r.Status == checks.Unknown {
			t.Errorf("%s is unknown: %s", r.ID, r.Reason)
		}
		if len(r.Findings) > 0 {
			found[r.ID] = r.Findings
		}
	}
	return found
}

func evaluate(t *testing.T, path, region string) []checks.Result {
	t.Helper()
	source, entry, err := template.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	partition := "aws"
	if strings.HasPrefix(region, "cn-") {
		partition = "aws-cn"
	}
	tree, err := template.Load(context.Background(), source, entry, template.Options{
		Region: region, StackName: "panther-prod",
		Parameters: map[string]template.ParameterValue{"FirstUserEmail": {Text: "ops@example.com"}},
	})
	if err != nil {
		t.Fatal(err)
	}
	facts := &checks.Facts{Release: tree.Facts()}
	facts.Run = checks.Run{
		Time: "2026-11-21T10:00:00Z", Phase: checks.Install, Region: region, Partition: partition,
		StackName: "panther-prod", EntryKind: checks.EntryBackend,
	}
	o := options(t)
	o.Select = func(m checks.Meta) bool {
		return m.Area == "TPL" || m.ID >= "PF-CHN-001" && m.ID <= "PF-CHN-007" || m.ID == "PF-STK-004"
	}
	e, err := engine.New(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	results, err := e.Evaluate(context.Background(), facts)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

// expect compares the number of findings of every check.
func expect(t *testing.T, found map[string][]checks.Finding, want map[string]int) {
	t.Helper()
	for id, findings := range found {
		if len(findings) != want[id] {
			t.Errorf("%s: %d findings, want %d: %+v", id, len(findings), want[id], findings)
		}
	}
	for id, n := range want {
		if len(found[id]) == 0 {
			t.Errorf("%s finds nothing, want %d", id, n)
		}
	}
}

// The probe holds twelve defects; each is found once, by the right check, with
// somebody who can mend it, and nothing beside them is flagged.
func TestChinaProbe(t *testing.T) {
	found := judgeTemplates(t, filepath.Join("testdata", "china-probe"), "cn-north-1")
	want := map[string][]string{
		"PF-CHN-001": {"transform entry#Type01"},
		"PF-CHN-003": {"transform entry#Managed03", "transform entry#Sub02", "vendor entry#Statement04"},
		"PF-CHN-004": {"transform entry#Api11", "transform entry#Console12", "transform entry#Host10"},
		"PF-CHN-005": {"transform entry#Code07", "transform entry#Layer08", "transform entry#Template06", "you entry#Image09"},
		"PF-CHN-006": {"vendor entry#Mapping05"},
	}
	total := 0
	for id, findings := range found {
		var got []string
		for _, f := range findings {
			got = append(got, string(f.Owner)+" "+f.Subject)
			if f.File != "root.yml" || f.Line == 0 || f.Expected == "" || f.Fix == "" {
				t.Errorf("%s %s has no place or no fix: %+v", id, f.Subject, f)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want[id]) {
			t.Errorf("%s finds %q, want %q", id, got, want[id])
		}
		total += len(got)
	}
	if total != 12 {
		t.Errorf("%d of 12 defects found", total)
	}
}

const corpus = "../../shared/corpus/panther-community"

func skipWithout(t *testing.T, path string) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		t.Skip("the corpus of real templates is not here")
	}
}

var (
	inUS       = map[string]int{"PF-TPL-003": 29, "PF-TPL-004": 2}
	inChina    = map[string]int{"PF-TPL-003": 29, "PF-TPL-004": 2, "PF-CHN-001": 2, "PF-CHN-002": 1, "PF-CHN-003": 2}
	publishedC = map[string]int{"PF-TPL-003": 29, "PF-TPL-004": 2, "PF-CHN-001": 2, "PF-CHN-002": 1, "PF-CHN-003": 2, "PF-CHN-005": 44}
)

func TestRealTemplates(t *testing.T) {
	skipWithout(t, corpus)
	expect(t, judgeTemplates(t, corpus, "us-east-1"), inUS)
	expect(t, judgeTemplates(t, corpus, "cn-north-1"), inChina)
	expect(t, judgeTemplates(t, corpus, "cn-northwest-1"), inChina)
}

// Where a template is missing, a check of resources has not passed.
func TestNothingPassesOnWhatWasNotRead(t *testing.T) {
	dir := t.TempDir()
	root := "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: gone.yml}}}"
	if err := os.WriteFile(filepath.Join(dir, "root.yml"), []byte(root), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, r := range evaluate(t, dir, "cn-north-1") {
		want := checks.Unknown
		switch r.ID {
		case "PF-TPL-001":
			want = checks.Failed
		case "PF-CHN-007":
			want = checks.Skipped
		}
		if r.Status != want {
			t.Errorf("%s is %s, want %s", r.ID, r.Status, want)
		}
	}
}

// A published release holds the same templates under other names.
func TestPublishedRelease(t *testing.T) {
	tool := "../../shared/tools/make-release"
	skipWithout(t, tool)
	for _, layout := range []string{"sha1", "sam"} {
		t.Run(layout, func(t *testing.T) {
			dir := t.TempDir()
			out, err := exec.Command(tool, corpus, dir, "--layout", layout, "--asset-kib", "1").CombinedOutput()
			if err != nil {
				t.Skipf("the release cannot be made here: %v %s", err, out)
			}
			entry := filepath.Join(dir, "v1.16.0", "panther.yml")
			expect(t, judgeTemplates(t, entry, "us-east-1"), inUS)
			expect(t, judgeTemplates(t, filepath.Dir(entry), "cn-north-1"), publishedC)
		})
	}
}
