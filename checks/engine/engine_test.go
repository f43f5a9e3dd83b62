package engine_test

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
)

const header = `# METADATA
# scope: package
# title: Every parameter is given
# description: A parameter without a value stops the deployment.
# related_resources:
# - ref: https://example.com/docs
# custom:
#   id: %ID%
#   severity: error
#   remediation: Give it a value.
#   source: a test
package %PKG%

`

func policy(id, pkg, body string) *fstest.MapFile {
	text := strings.NewReplacer("%ID%", id, "%PKG%", pkg).Replace(header) + body
	return &fstest.MapFile{Data: []byte(text)}
}

const missing = `finding contains {"subject": p.name, "message": "no value", "line": p.line} if {
	some p in input.parameters
	p.origin == "none"
}
`

func evaluate(t *testing.T, files fstest.MapFS, f *checks.Facts) []checks.Result {
	t.Helper()
	e, err := engine.New(context.Background(), engine.Options{Bundled: files, Deadline: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	results, err := e.Evaluate(context.Background(), f)
	if err != nil {
		t.Fatal(err)
	}
	return results
}

func TestFindingsBecomeAStatus(t *testing.T) {
	files := fstest.MapFS{"parameters/missing.rego": policy("PF-PRM-001", "preflight.parameters.missing", missing)}
	r := evaluate(t, files, &checks.Facts{Parameters: []checks.Parameter{{Name: "A", Origin: "none", Line: 7}, {Name: "B", Origin: "given"}}})[0]
	if r.Status != checks.Failed || len(r.Findings) != 1 || r.Findings[0].Subject != "A" || r.Findings[0].Line != 7 {
		t.Fatalf("%+v", r)
	}
	if f := r.Findings[0]; f.Fix != "Give it a value." || f.Owner != checks.OwnerYou || f.Evidence == nil {
		t.Fatalf("defaults: %+v", f)
	}
	if r := evaluate(t, files, &checks.Facts{})[0]; r.Status != checks.Passed || len(r.Findings) != 0 {
		t.Fatalf("%+v", r)
	}
}

func TestWhatIsNotKnownIsNeverAPass(t *testing.T) {
	one := func(body string) fstest.MapFS {
		return fstest.MapFS{"parameters/missing.rego": policy("PF-PRM-001", "preflight.parameters.missing", body)}
	}
	for name, c := range map[string]struct {
		files  fstest.MapFS
		facts  checks.Facts
		status checks.Status
		reason string
	}{
		"a gap inside what is read": {one(missing), checks.Facts{Gaps: []checks.Gap{{Fact: "parameters.value", Reason: "AccessDenied", Action: "x:Y"}}},
			checks.Unknown, "parameters.value: AccessDenied (x:Y)"},
		"a gap elsewhere": {one(missing), checks.Facts{Gaps: []checks.Gap{{Fact: "run.region", Reason: "AccessDenied"}}}, checks.Passed, ""},
		"not asked for":   {one(missing), checks.Facts{Absent: []checks.Absent{{Fact: "parameters", Reason: "no template"}}}, checks.Skipped, "no template"},
		"a gap wins":      {one(missing), checks.Facts{Gaps: []checks.Gap{{Fact: "parameters", Reason: "Timeout"}}, Absent: []checks.Absent{{Fact: "parameters"}}}, checks.Unknown, "parameters: Timeout"},
		"a built-in error": {one(`finding contains {"subject": "x", "message": "m"} if to_number(input.run.release) > 1`),
			checks.Facts{Run: checks.Run{Release: "n/a"}}, checks.Unknown, "could not be evaluated"},
		"an undecided finding": {one(`undecided contains {"subject": "x", "message": "depends on the moon"} if input.run.offline
finding contains {"subject": "x", "message": "m"} if input.run.release == "z"`), checks.Facts{Run: checks.Run{Offline: true}}, checks.Unknown, "depends on the moon"},
		"a misspelt field": {one(`finding contains {"subject": "x", "mesage": "m"} if input.run.offline`),
			checks.Facts{Run: checks.Run{Offline: true}}, checks.Unknown, "mesage"},
		"a finding without subject": {one(`finding contains {"message": "m"} if input.run.offline`),
			checks.Facts{Run: checks.Run{Offline: true}}, checks.Unknown, "no subject"},
		"too slow": {one(`finding contains {"subject": "x", "message": "m"} if {
	some a in numbers.range(1, 4000)
	some b in numbers.range(1, 4000)
	a * b == -1
	input.run.offline
}`), checks.Facts{}, checks.Unknown, "longer than"},
		"not applicable": {one(`skipped contains "not in China" if input.run.partition != "aws-cn"
finding contains {"subject": "x", "message": "m"} if input.run.partition == "aws"`), checks.Facts{Run: checks.Run{Partition: "aws"}}, checks.Skipped, "not in China"},
		"unread": {one(`unread contains "the application" if input.run.offline
finding contains {"subject": "x", "message": "m"} if input.run.partition == "aws"`), checks.Facts{Run: checks.Run{Offline: true}}, checks.Unknown, "the application"},
		"unread beside a finding": {one(`unread contains "the application" if input.run.offline
finding contains {"subject": "x", "message": "m"} if input.run.partition == "aws"`), checks.Facts{Run: checks.Run{Offline: true, Partition: "aws"}}, checks.Failed, "the application"},
		"unread beside what is undecided": {one(`unread contains "the application" if input.run.offline
undecided contains {"subject": "x", "message": "m"} if input.run.partition == "aws"`), checks.Facts{Run: checks.Run{Offline: true, Partition: "aws"}}, checks.Unknown, "could not tell: m; the application"},
		"a gap that the fact tells": {one(`finding contains {"subject": "x", "message": "m"} if count(input.release.applications) == 1`),
			checks.Facts{Release: checks.Release{Applications: []checks.Application{{Subject: "x"}}}, Gaps: []checks.Gap{{Fact: "release.applications", Told: true}}}, checks.Failed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			r := evaluate(t, c.files, &c.facts)[0]
			if r.Status != c.status || !strings.Contains(r.Reason, c.reason) {
				t.Fatalf("%s %q, want %s %q", r.Status, r.Reason, c.status, c.reason)
			}
		})
	}
}

func TestFaultyPoliciesDoNotLoad(t *testing.T) {
	good := policy("PF-PRM-001", "preflight.parameters.missing", missing)
	finding := `finding contains {"subject": "x", "message": "m"} if `
	for name, c := range map[string]struct {
		files fstest.MapFS
		want  string
	}{
		"a fact that does not exist":  {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", finding+"input.runn.offline")}, "undefined ref"},
		"a field that does not exist": {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", "finding contains {\"subject\": \"x\", \"message\": \"m\"} if {\n\tsome p in input.parameters\n\tp.nme == \"x\"\n}")}, "undefined ref: p.nme"},
		"in another place":            {fstest.MapFS{"a/c.rego": good}, "the package is preflight.parameters.missing; for a file in this place it must be preflight.a.c"},
		"the network":                 {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", finding+`http.send({"url": "x", "method": "get"}).status_code == 200`)}, "http.send is not available"},
		"the clock":                   {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", finding+`time.now_ns() > 0`)}, "time.now_ns is not available"},
		"the environment":             {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", finding+`opa.runtime().env.HOME == "x"`)}, "opa.runtime is not available"},
		"no metadata":                 {fstest.MapFS{"a/b.rego": {Data: []byte("package preflight.a.b\n" + finding + "input.run.offline")}}, "metadata with `scope: package` is missing"},
		"a misspelt severity":         {fstest.MapFS{"a/b.rego": {Data: []byte(strings.Replace(string(policy("PF-PRM-001", "preflight.a.b", missing).Data), "severity:", "severty:", 1))}}, "severty"},
		"an unknown severity":         {fstest.MapFS{"a/b.rego": {Data: []byte(strings.Replace(string(policy("PF-PRM-001", "preflight.a.b", missing).Data), "severity: error", "severity: fatal", 1))}}, `severity "fatal"`},
		"no remediation":              {fstest.MapFS{"a/b.rego": {Data: []byte(strings.Replace(string(policy("PF-PRM-001", "preflight.a.b", missing).Data), "#   remediation: Give it a value.\n", "", 1))}}, "custom.remediation is missing"},
		"the same id twice":           {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", missing), "a/c.rego": policy("PF-PRM-001", "preflight.a.c", missing)}, "a/b.rego and a/c.rego both have the id PF-PRM-001"},
		"an odd id":                   {fstest.MapFS{"a/b.rego": policy("PF-1", "preflight.a.b", missing)}, "not of the form"},
		"the whole input":             {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", finding+"count(input) > 0")}, "it reads the whole input"},
		"a misspelt rule":             {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", "findings contains 1 if input.run.offline")}, `the rule "findings" is none of`},
		"no rule":                     {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", "_x := 1")}, "no rule named finding"},
		"not a set":                   {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", "finding := 1 if input.run.offline")}, "must be a set"},
		"a syntax error":              {fstest.MapFS{"a/b.rego": policy("PF-PRM-001", "preflight.a.b", "finding contains")}, "a/b.rego:"},
		"nothing":                     {fstest.MapFS{"readme.md": {}}, "no .rego file"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := engine.New(context.Background(), engine.Options{Bundled: c.files})
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			t.Log(err)
		})
	}
}

func TestNeedsAreComputedThroughLibraries(t *testing.T) {
	files := fstest.MapFS{
		"lib/names.rego": {Data: []byte("package preflight.lib\n\ngiven contains p.name if {\n\tsome p in input.parameters\n\tp.given\n}\n")},
		"a/b.rego":       policy("PF-PRM-001", "preflight.a.b", "finding contains {\"subject\": n, \"message\": input.run.region} if some n in data.preflight.lib.given"),
	}
	e, err := engine.New(context.Background(), engine.Options{Bundled: files})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(e.Needs(), " "); got != "parameters run.region" {
		t.Fatal(got)
	}
}
