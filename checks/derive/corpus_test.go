package derive

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

const corpus = "../../../shared/corpus/"

// realRelease loads the published templates, which do not belong to this
// project and need not be there.
func realRelease(t testing.TB, run checks.Run) Release {
	t.Helper()
	root := corpus + "panther-community/root.yml"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the published templates are not here")
	}
	return load(t, root, run)
}

func load(t testing.TB, file string, run checks.Run) Release {
	t.Helper()
	source, entry, err := template.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := template.Load(context.Background(), source, entry, template.Options{
		Region: run.Region, Partition: run.Partition, Account: run.Account, StackName: run.StackName,
	})
	if err != nil {
		t.Fatal(err)
	}
	return Release{Run: run, Tree: tree, Assets: tree.Facts().Assets}
}

func anInstall() checks.Run {
	return checks.Run{
		Phase: checks.Install, Region: "us-east-1", Partition: "aws", StackName: "panther-prod", DeploymentRole: "PantherDeploymentRole", Offline: true,
	}
}

func publicPolicies(t testing.TB, kind iam.Kind) []*iam.Policy {
	t.Helper()
	files, err := filepath.Glob(corpus + "scps/*.json")
	if err != nil || len(files) == 0 {
		t.Skip("the public policies are not here")
	}
	var out []*iam.Policy
	for _, f := range files {
		name := filepath.Base(f)
		if name == "index.json" || strings.HasPrefix(name, "rcp-") != (kind == iam.RCP) {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		p, err := iam.Parse(name, kind, text)
		if err != nil {
			t.Log(err)
			continue
		}
		out = append(out, p)
	}
	return out
}

func TestProbe(t *testing.T) {
	n, err := Derive(realRelease(t, anInstall()))
	if err != nil {
		t.Fatal(err)
	}
	full, err := iam.Parse("full", iam.SCP, []byte(`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	var denies, depends, implicit, flags int
	for _, p := range publicPolicies(t, iam.SCP) {
		level := []*iam.Policy{p}
		allows := false
		for i := range p.Statements() {
			allows = allows || !p.Statements()[i].Denies()
		}
		if !allows {
			level = append(level, full)
		}
		o, err := n.Organization([][]*iam.Policy{level}, nil)
		if err != nil {
			t.Fatal(err)
		}
		c, u, im := 0, 0, 0
		keys := map[string]bool{}
		for _, d := range o.Denials {
			switch {
			case d.Certain && d.Implicit:
				im++
			case d.Certain:
				c++
			default:
				u++
				for _, k := range d.Keys {
					keys[k] = true
				}
				if d.Why != "" {
					keys[d.Why] = true
				}
			}
		}
		if c > 0 {
			denies++
			flags += c
			t.Log("DENIES", p.Name(), c, o.Denials[0].Action, o.Denials[0].Fix)
		}
		if im > 0 {
			implicit++
			t.Log("IMPLICIT", p.Name(), im)
		}
		if c+im == 0 && u > 0 {
			depends++
			t.Log("DEPENDS", p.Name(), u, keys)
		}
		for _, v := range o.Invented {
			t.Log("   invented", v.Action, v.Meant)
		}
	}
	t.Log(denies, implicit, depends, flags)
}
