package prove

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/conform"
	"github.com/panther-preflight/panther-preflight/checks/template"
	"github.com/panther-preflight/panther-preflight/internal/memfiles"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// refusal is something that the checks of templates would refuse: a reference
// that leads nowhere (PF-TPL-005) or a property against the schema of its type
// (PF-TPL-009).
type refusal struct {
	file    string
	line    int
	message string
	// attribute is what a resource does not return, where that is the matter.
	attribute string
}

// refused holds the result against what went in, as the checks of templates read
// both in the China region: what they refuse of the result and did not refuse
// before is of the transform's own making.
func refused(m *plan.Model, out []*plan.Emitted) error {
	after := memfiles.Files{}
	origin := map[string]string{}
	entry := m.Release.Entry
	for _, e := range out {
		after[e.Name] = e.Document.Bytes
		origin[e.Name] = e.From
		if e.Template.IsEntry {
			entry = e.Name
		}
	}
	made, err := refusals(after, entry, m.Options.Region)
	if err != nil {
		return Unproved(m.Release.Entry, 1, "the result cannot be read: "+err.Error())
	}
	if len(made) == 0 {
		return nil
	}
	before, err := refusals(m.Release.Files, m.Release.Entry, m.Options.Region)
	if err != nil {
		return fmt.Errorf("read %s: %w", m.Release.Entry, err)
	}
	stated := attributes(m)
	for _, key := range slices.Sorted(maps.Keys(made)) {
		if _, there := before[key]; !there && !stated[made[key].attribute] {
			r := made[key]
			return Unproved(origin[r.file], r.line, r.message)
		}
	}
	return nil
}

// attributes are those that the input names, also where a condition that is
// false kept them from being read.
func attributes(m *plan.Model) map[string]bool {
	out := map[string]bool{}
	for _, t := range m.Order {
		for r := range cfn.References(t.Root) {
			if r.Kind == cfn.ToAttribute {
				out[r.Name+"."+r.Attribute] = true
			}
		}
	}
	return out
}

// refusals are what the checks refuse for certain, by what each is about.
func refusals(files memfiles.Files, entry, region string) (map[string]refusal, error) {
	tree, err := template.Load(context.Background(), template.Source{Files: files}, entry, template.Options{Region: region})
	if err != nil {
		return nil, err
	}
	out := map[string]refusal{}
	for _, r := range tree.Facts().References {
		if r.Exists == checks.ExistsYes && !r.Open {
			key := fmt.Sprintf("reference %s %s %s %s", r.Subject, r.State, r.Name, r.Attribute)
			f := refusal{file: r.File, line: r.Line, message: fmt.Sprintf("%s refers to %s, which leads nowhere (%s)", r.Subject, dotted(r.Name, r.Attribute), r.State)}
			if r.State == checks.RefNoAttribute {
				f.attribute = dotted(r.Name, r.Attribute)
			}
			out[key] = f
		}
	}
	for _, v := range conform.Violations(tree, region) {
		// Items that are the same now were two spellings of one thing before.
		if v.Exists == checks.ExistsYes && v.Unknown == "" && !v.Named && v.Keyword != "uniqueItems" {
			path := index.ReplaceAllString(v.Path, "[*]")
			key := fmt.Sprintf("property %s %s %s %s", v.Subject, path, v.Keyword, v.Name)
			out[key] = refusal{file: v.File, line: v.Line, message: strings.TrimRight(fmt.Sprintf("%s of %s does not conform to %s: %s %s", v.Path, v.Subject, v.Type, v.Keyword, v.Name), " ")}
		}
	}
	return out, nil
}

// index is the place of an item, which moves when one before it goes.
var index = regexp.MustCompile(`\[\d+\]`)

func dotted(name, attribute string) string {
	if attribute == "" {
		return name
	}
	return name + "." + attribute
}
