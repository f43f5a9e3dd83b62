package derive

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

const fullAccess = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`

func policy(t testing.TB, name string, kind iam.Kind, text string) *iam.Policy {
	t.Helper()
	p, err := iam.Parse(name, kind, []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// released loads a release from texts; the entry template is root.yml.
func released(t testing.TB, run checks.Run, files map[string]string) Release {
	t.Helper()
	folder := fstest.MapFS{}
	for name, text := range files {
		folder[name] = &fstest.MapFile{Data: []byte(text)}
	}
	tree, err := template.Load(context.Background(), template.Source{Files: folder}, "root.yml", template.Options{
		Region: run.Region, Partition: run.Partition, Account: run.Account, StackName: run.StackName,
	})
	if err != nil {
		t.Fatal(err)
	}
	return Release{Run: run, Tree: tree, Assets: tree.Facts().Assets}
}

func derived(t testing.TB, run checks.Run, root string) *Needs {
	t.Helper()
	n, err := Derive(released(t, run, map[string]string{"root.yml": root}))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// calls lists "action arn", with "?" before what is not certain, of one
// resource.
func (n *Needs) calls(id string) []string {
	var out []string
	for _, one := range n.needs {
		if one.user.LogicalID != id || strings.Contains(one.target.arn.value, ":stack/panther-prod/") {
			continue
		}
		text := one.action.Name + " " + one.target.arn.value
		if one.why != "" {
			text = "?" + text
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return out
}
