package checks_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
)

// TestEveryFindingHasOneCause holds what every format rests on, over many
// reports: the findings that are not waived are those of the causes, each once.
func TestEveryFindingHasOneCause(t *testing.T) {
	for seed := range uint64(300) {
		r := randomReport(rand.New(rand.NewPCG(seed, 1)))
		causes := r.FindCauses()
		want, got, seen := 0, 0, map[*checks.Finding]bool{}
		for _, result := range r.Results {
			for _, f := range result.Findings {
				if f.Waived == nil {
					want++
				}
			}
		}
		for _, c := range causes {
			got += c.Findings
			undecided := 0
			for _, m := range c.Members() {
				if seen[m.Finding] || m.Finding.Waived != nil {
					t.Fatalf("seed %d: a finding is in two causes, or waived", seed)
				}
				seen[m.Finding] = true
				if m.Finding.Undecided {
					undecided++
				}
			}
			if undecided != c.Undecided || len(c.Members()) != c.Findings || !slices.Contains(c.Checks, c.ID) {
				t.Fatalf("seed %d: a cause does not count its findings: %+v", seed, c)
			}
		}
		if want != got {
			t.Fatalf("seed %d: %d findings are not waived, and the causes have %d", seed, want, got)
		}
		if !reflect.DeepEqual(causes, r.FindCauses()) {
			t.Fatalf("seed %d: the same report has other causes", seed)
		}
		blocking := true
		for _, c := range causes {
			now := c.Certain() && r.Blocks(c.Severity)
			if now && !blocking {
				t.Fatalf("seed %d: a cause that blocks comes after one that does not", seed)
			}
			blocking = now
		}
	}
}

func randomReport(random *rand.Rand) *checks.Report {
	r := &checks.Report{}
	if random.IntN(3) == 0 {
		r.FailOn = checks.SeverityWarning
	}
	for i := range random.IntN(8) {
		result := checks.Result{ID: fmt.Sprintf("PF-X-%03d", i), Severity: checks.Severities[random.IntN(3)]}
		for range random.IntN(12) {
			f := checks.Finding{
				Subject: fmt.Sprintf("entry#R%d", random.IntN(6)), Message: "wrong", Fix: fmt.Sprint("fix ", random.IntN(2)),
				Undecided: random.IntN(4) == 0, Owner: checks.Owners[random.IntN(3)],
			}
			if random.IntN(2) == 0 {
				f.File = "root.yml"
			}
			if random.IntN(3) == 0 {
				f.Cause.Subject = fmt.Sprint("statement ", random.IntN(3))
			}
			if random.IntN(5) == 0 {
				f.Waived = &checks.Waiver{}
			}
			result.Findings = append(result.Findings, f)
		}
		r.Results = append(r.Results, result)
	}
	return r
}

func denial(action, subject string) checks.Finding {
	return checks.Finding{
		Subject: "lock.json#Lock:" + action, Message: "SCP lock.json denies " + action, File: "root.yml", Line: 4, Column: 3,
		Owner: checks.OwnerYou, Evidence: map[string]any{"action": action, "key": "aws:RequestedRegion", "resources": []any{
			map[string]any{"subject": "Core#Shared", "file": "core.yml", "line": float64(9)}, map[string]any{"subject": subject},
		}},
		Cause: checks.CauseHint{Subject: "lock.json#Lock", Message: "SCP lock.json denies {actions} of {resources}", Fix: checks.FixHint{
			Kind: checks.FixStatement, Target: "lock.json", Text: "Add us-east-1.", Alternatives: []string{"Deploy elsewhere."},
		}},
	}
}

// TestOneStatementIsOneCause groups across checks, counts each resource once and
// words what is certain.
func TestOneStatementIsOneCause(t *testing.T) {
	open := denial("s3:GetObject", "Core#C")
	open.Undecided = true
	r := &checks.Report{Results: []checks.Result{
		{ID: "PF-SCP-001", Title: "denied", Severity: checks.SeverityError, Findings: []checks.Finding{denial("s3:CreateBucket", "Core#A"), denial("kms:CreateKey", "entry#B")}},
		{ID: "PF-SCP-002", Severity: checks.SeverityError, Findings: []checks.Finding{open}},
		{ID: "PF-SCP-005", Severity: checks.SeverityError, Findings: []checks.Finding{denial("s3:PutBucketTagging", "Core#A")}},
	}}
	causes := r.FindCauses()
	if len(causes) != 1 {
		t.Fatalf("%d causes, not 1", len(causes))
	}
	c := causes[0]
	if c.ID != "PF-SCP-001" || c.Title != "denied" || !slices.Equal(c.Checks, []string{"PF-SCP-001", "PF-SCP-002", "PF-SCP-005"}) {
		t.Errorf("the cause is of %s %v", c.ID, c.Checks)
	}
	if c.Findings != 4 || c.Undecided != 1 || c.Resources != 4 || c.Stacks != 2 || len(c.Actions) != 4 || c.Key != "aws:RequestedRegion" {
		t.Errorf("it counts %+v", c)
	}
	if want := "SCP lock.json denies kms:CreateKey, s3:CreateBucket and s3:PutBucketTagging of 3 resources"; c.Message != want {
		t.Errorf("it says %q, not %q", c.Message, want)
	}
	if c.Fix.Kind != checks.FixStatement || c.Fix.Target != "lock.json" || len(c.Fix.Alternatives) != 1 {
		t.Errorf("the fix is %+v", c.Fix)
	}
}

// TestWhatSharesACause says which findings one change fixes where no policy does.
func TestWhatSharesACause(t *testing.T) {
	bucket := func(subject, found string) checks.Finding {
		return checks.Finding{Subject: subject, Message: "no tag", File: "root.yml", Line: 1, Fix: "Tag it.", Found: found, Owner: checks.OwnerYou}
	}
	parameter := func(name string) checks.Finding {
		return checks.Finding{Subject: "parameter:" + name, Message: "empty", File: "params.json", Line: 1, Fix: "Give it.", Owner: checks.OwnerYou}
	}
	for _, tc := range []struct {
		name     string
		findings []checks.Finding
		causes   int
		kind     checks.FixKind
	}{
		{"the same of two resources", []checks.Finding{bucket("entry#A", ""), bucket("entry#B", "")}, 1, checks.FixTemplate},
		{"two faults", []checks.Finding{bucket("entry#A", "x"), bucket("entry#B", "y")}, 2, checks.FixTemplate},
		{"two parameters", []checks.Finding{parameter("A"), parameter("B")}, 2, checks.FixParameter},
		{"a command", []checks.Finding{{Subject: "role:R", Message: "missing", Fix: "aws iam create-role"}}, 1, checks.FixCommand},
		{"nothing known", []checks.Finding{{Subject: "region:x", Message: "unknown"}}, 1, checks.FixNone},
	} {
		r := &checks.Report{Results: []checks.Result{{ID: "PF-X-001", Severity: checks.SeverityError, Findings: tc.findings}}}
		causes := r.FindCauses()
		if len(causes) != tc.causes || causes[0].Fix.Kind != tc.kind {
			t.Errorf("%s: %d causes of kind %s", tc.name, len(causes), causes[0].Fix.Kind)
		}
	}
	target := (&checks.Report{Results: []checks.Result{{ID: "P", Findings: []checks.Finding{parameter("A")}}}}).FindCauses()[0].Fix.Target
	if target != "A" {
		t.Errorf("the target of a parameter is %q", target)
	}
}

// TestNumbers writes numbers as people do.
func TestNumbers(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 10240: "10,240", 1234567: "1,234,567", -1000: "-1,000", -100: "-100"} {
		if got := checks.Number(n); got != want {
			t.Errorf("%d is written %s", n, got)
		}
	}
}
