package engine_test

import (
	"bytes"
	"context"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
)

const nowhere = `finding contains {"subject": "run", "message": "no region"} if input.run.region == ""
`

func twoPolicies() fstest.MapFS {
	return fstest.MapFS{
		"parameters/missing.rego": policy("PF-PRM-001", "preflight.parameters.missing", missing),
		"target/region.rego":      policy("PF-TGT-001", "preflight.target.region", nowhere),
	}
}

func indexed(t *testing.T, files fstest.MapFS, index []byte) *engine.Engine {
	t.Helper()
	e, err := engine.New(context.Background(), engine.Options{Bundled: files, Index: index})
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestAnIndexChangesNoAnswer(t *testing.T) {
	files := twoPolicies()
	index, err := engine.BuildIndex(context.Background(), engine.Options{Bundled: files})
	if err != nil {
		t.Fatal(err)
	}
	whole, spared := indexed(t, files, nil), indexed(t, files, index)
	if got, want := spared.Needs(), whole.Needs(); !reflect.DeepEqual(got, want) {
		t.Fatalf("needs %v, want %v", got, want)
	}
	if !reflect.DeepEqual(spared.Metas(), whole.Metas()) {
		t.Fatal("other metadata")
	}
	facts := []*checks.Facts{
		{Parameters: []checks.Parameter{{Name: "A", Origin: "none"}}},
		{Run: checks.Run{Region: "us-east-1"}},
		{Gaps: []checks.Gap{{Fact: "parameters", Reason: "unreadable"}}},
		{Absent: []checks.Absent{{Fact: "run.region", Reason: "not asked"}}},
	}
	// In turn on one engine: what the first facts block must be compiled for the next.
	for i := len(facts) - 1; i >= 0; i-- {
		var got, want []checks.Result
		for e, results := range map[*engine.Engine]*[]checks.Result{spared: &got, whole: &want} {
			if *results, err = e.Evaluate(context.Background(), facts[i]); err != nil {
				t.Fatal(err)
			}
			for j := range *results {
				(*results)[j].DurationMS = nil
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("facts %d: with the index %+v\nwithout %+v", i, got, want)
		}
	}
}

// A policy that reads a fact the index does not know of would pass over its gap.
func TestAnIndexOfOtherTextsIsNotBelieved(t *testing.T) {
	files := twoPolicies()
	index, err := engine.BuildIndex(context.Background(), engine.Options{Bundled: files})
	if err != nil {
		t.Fatal(err)
	}
	files["target/region.rego"] = policy("PF-TGT-001", "preflight.target.region", strings.Replace(nowhere, "region ==", "partition ==", 1))
	if got := indexed(t, files, index).NeedsOf("PF-TGT-001"); !reflect.DeepEqual(got, []string{"run.partition"}) {
		t.Fatalf("needs %v", got)
	}
	delete(files, "target/region.rego")
	if got := len(indexed(t, files, index).Metas()); got != 1 {
		t.Fatalf("%d checks", got)
	}
	broken := bytes.Replace(index, []byte(`"needs"`), []byte(`"needs`), 1)
	if _, err := engine.New(context.Background(), engine.Options{Bundled: twoPolicies(), Index: broken}); err == nil || !strings.Contains(err.Error(), "index of the policies") {
		t.Fatalf("a broken index gave %v", err)
	}
}

func TestCustomPoliciesAreNotIndexed(t *testing.T) {
	index, err := engine.BuildIndex(context.Background(), engine.Options{Bundled: twoPolicies()})
	if err != nil {
		t.Fatal(err)
	}
	o := withCustom(corp(`finding contains {"subject": "x", "message": "y"} if input.run.nothing`))
	o.Bundled, o.Index = twoPolicies(), index
	if _, err := engine.New(context.Background(), o); err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Fatalf("an unknown fact in a custom policy gave %v", err)
	}
}
