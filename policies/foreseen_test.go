package policies_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/diagnose/catalogue"
	"github.com/panther-preflight/panther-preflight/checks/engine"
)

const catalogueFolder = "../checks/diagnose/catalogue/"

// TestEveryCauseIsForeseen holds the causes of failed deployments and the checks
// together: an entry names a check only if the check finds facts in which its
// cause is about to happen, in words that the reason of the failure has too.
func TestEveryCauseIsForeseen(t *testing.T) {
	text, err := os.ReadFile(catalogueFolder + "testdata/foreseen.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var proofs map[string]struct {
		Shows []string
		Facts map[string]any
	}
	if err := yaml.Load(text, &proofs); err != nil {
		t.Fatal(err)
	}
	entries, err := catalogue.Entries()
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.New(t.Context(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	examples := badExamples(t)
	for _, entry := range entries {
		proof, proved := proofs[entry.ID]
		delete(proofs, entry.ID)
		switch {
		case entry.Check == "" && proved:
			t.Errorf("%s names no check, and foreseen.yaml has facts for it", entry.ID)
		case entry.Check == "":
		case len(proof.Shows) == 0:
			t.Errorf("%s names %s: write facts that it finds into testdata/foreseen.yaml, with the words that the reason shares", entry.ID, entry.Check)
		default:
			facts := proof.Facts
			if facts == nil {
				facts = examples[entry.Check]
			}
			foresees(t, e, entry, facts, proof.Shows)
		}
	}
	for id := range proofs {
		t.Errorf("foreseen.yaml has facts for %s, which is no cause", id)
	}
}

func foresees(t *testing.T, e *engine.Engine, entry catalogue.Entry, facts map[string]any, shows []string) {
	t.Helper()
	text, err := json.Marshal(facts)
	if err != nil {
		t.Fatal(err)
	}
	var f checks.Facts
	if err := json.Unmarshal(text, &f); err != nil {
		t.Fatalf("%s: %v", entry.ID, err)
	}
	results, err := e.Evaluate(t.Context(), &f)
	if err != nil {
		t.Fatal(err)
	}
	var said strings.Builder
	for _, r := range results {
		for _, finding := range r.Findings {
			if r.ID == entry.Check && !finding.Undecided {
				text, _ := json.Marshal(finding)
				said.Write(text)
			}
		}
	}
	subject := entry.Wordings[0].Subject()
	told := strings.Join([]string{entry.Wordings[0].Reason, subject.Action, entry.Worded(subject), entry.Cause}, " ")
	for _, words := range shows {
		if !strings.Contains(said.String(), words) {
			t.Errorf("%s: %s does not find %q: %s", entry.ID, entry.Check, words, said.String())
		}
		if !strings.Contains(told, words) {
			t.Errorf("%s: %q is not in its reason or advice", entry.ID, words)
		}
	}
}

// TestPlannedChecksAreStillMissing fails when a check that an entry waits for is
// there: the entry must then name it, so that diagnose and the check's page do.
func TestPlannedChecksAreStillMissing(t *testing.T) {
	// Checks that exist and do not find these causes, or not all that they may be.
	partly := map[string]string{
		"secret-scheduled-for-deletion": "PF-OLD-002", "bucket-name-taken": "PF-OLD-002", "detector-exists": "PF-OLD-002", "quota-trails": "PF-QTA-001",
		"type-not-offered": "PF-TPL-006", "transform-failed": "PF-TPL-006", "template-format": "PF-TPL-006",
		"import-missing": "PF-TPL-005",
	}
	e, err := engine.New(t.Context(), options(t))
	if err != nil {
		t.Fatal(err)
	}
	exists := map[string]bool{}
	for _, m := range e.Metas() {
		exists[m.ID] = true
	}
	entries, err := catalogue.Entries()
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if exists[entry.Planned] && partly[entry.ID] != entry.Planned {
			t.Errorf("%s exists now: in %s, change `planned: %s` of %s to `check:`, and add a line to testdata/foreseen.yaml with the words that its finding shares with the reason; then make generate", entry.Planned, catalogueFolder, entry.Planned, entry.ID)
		}
		if entry.Check != "" && !exists[entry.Check] {
			t.Errorf("%s names %s, which does not exist", entry.ID, entry.Check)
		}
	}
	if text, err := os.ReadFile("data/account.json"); err != nil || strings.Contains(string(text), "AWS::CloudTrail::Trail") {
		t.Errorf("PF-QTA-001 watches trails now: change `planned:` of quota-trails to `check:` (%v)", err)
	}
}

// badExamples are the facts beside each policy that it finds, by its id.
func badExamples(t *testing.T) map[string]map[string]any {
	t.Helper()
	byID := map[string]map[string]any{}
	files, err := filepath.Glob("*/*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		policy, err := os.ReadFile(strings.TrimSuffix(file, ".yaml") + ".rego")
		if err != nil {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var example struct{ Bad map[string]any }
		if err := yaml.Load(text, &example); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		for line := range strings.Lines(string(policy)) {
			if id, ok := strings.CutPrefix(strings.TrimSpace(line), "#   id: "); ok {
				byID[id] = example.Bad
			}
		}
	}
	return byID
}
