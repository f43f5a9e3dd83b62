package engine

import (
	"context"
	"reflect"
	"slices"
	"testing"

	"github.com/panther-preflight/panther-preflight/policies"
)

// An index of today's policies, with what else they read under data left empty:
// compiling does not ask what it holds.
func bundledSet(t *testing.T) *policySet {
	t.Helper()
	o := Options{Bundled: policies.Files, Data: map[string]any{"releases": nil}}
	text, err := BuildIndex(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	o.Index = text
	set, err := load(o)
	if err != nil {
		t.Fatal(err)
	}
	if set.unparsed == nil {
		t.Fatal("the index of these bytes is not believed")
	}
	return set
}

func compiledText(t *testing.T, set *policySet) map[string]string {
	t.Helper()
	compiler, err := compile(set)
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for name, m := range compiler.Modules {
		texts[name] = m.String()
	}
	return texts
}

// What the index spares must be spared every policy, alone, with no library
// that it does not reach.
func TestProvenStagesChangeNoModule(t *testing.T) {
	all := bundledSet(t)
	for _, p := range all.policies {
		t.Run(p.meta.ID, func(t *testing.T) {
			alone := []*check{{meta: p.meta, file: p.file, libraries: p.libraries}}
			set, err := all.parsed(alone)
			if err != nil {
				t.Fatal(err)
			}
			spared := compiledText(t, set)
			set.proven = false
			if whole := compiledText(t, set); !reflect.DeepEqual(spared, whole) {
				t.Errorf("the stages that are left out change what is compiled:\n%s\n%s", spared, whole)
			}
		})
	}
}

func TestAPolicyHasTheLibrariesItReaches(t *testing.T) {
	var authorization, none bool
	for _, p := range bundledSet(t).policies {
		uses := slices.Contains(p.libraries, "lib/authorization.rego")
		if p.meta.Area == "SCP" && uses {
			authorization = true
		}
		if p.meta.Area == "STK" && !uses {
			none = true
		}
	}
	if !authorization || !none {
		t.Errorf("PF-SCP reaches the library of authorization: %v; PF-STK does not: %v", authorization, none)
	}
}
