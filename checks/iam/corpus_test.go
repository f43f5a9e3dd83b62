package iam

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPublicPolicies compiles and asks every document of a collection of public
// organization policies that is kept beside the repository.
func TestPublicPolicies(t *testing.T) {
	folder := filepath.Join("..", "..", "..", "shared", "corpus", "scps")
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	if err != nil || len(files) == 0 {
		t.Skip("the collection of public policies is not here")
	}
	r := createBucket(nil)
	r.Others = KeyUnknown
	queries := []*Query{query(t, r), query(t, Request{
		Action: "iam:CreateRole", Resource: "arn:aws:iam::111122223333:role/panther-*", ResourceIsPattern: true,
		Principal: "arn:aws:iam::111122223333:role/PantherDeploymentRole",
	})}
	seen := map[Kind]int{}
	for _, file := range files {
		name := filepath.Base(file)
		if name == "index.json" {
			continue
		}
		kind := SCP
		if strings.HasPrefix(name, "rcp-") {
			kind = RCP
		}
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		p, err := Parse(name, kind, text)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		seen[kind]++
		policies := &Policies{Administrator: true, SCPs: [][]*Policy{{parse(t, SCP, allowAll), p}}}
		if kind == RCP {
			policies.SCPs, policies.RCPs = nil, [][]*Policy{{p}}
		}
		for _, q := range queries {
			if e := policies.Explain(q); e.Decision != Allowed && e.Statement == nil {
				t.Errorf("%s: %v without a statement", name, e.Decision)
			}
		}
	}
	t.Logf("%d service control policies, %d resource control policies", seen[SCP], seen[RCP])
}
