package template

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// key is equal for two texts only where they certainly are: every unknown part
// has a name, and equal names mean equal texts. It is empty where that is not so.
func (v Value) key() string {
	if v.Kind != Literal && v.Kind != Pattern || v.secret {
		return ""
	}
	var b strings.Builder
	for _, p := range v.parts {
		switch {
		case p.Reason == "":
			b.WriteString(p.Text)
		case p.Name != "":
			b.WriteString("${" + p.Name + "}")
		default:
			return ""
		}
	}
	return b.String()
}

// identifies tells whether the name property of a type is all of its identifier.
func identifies(kind string) bool {
	t, known := registry.Lookup(kind)
	if !known {
		return false
	}
	name := t.Naming().Property
	return name != "" && slices.Equal(t.Identifier, registry.Paths{name})
}

// holder is a resource or an output with a name.
type holder struct {
	subject, kind, name string
	exists              Truth
	at                  Position
}

// sameNames compares the names of all resources that may come to exist, and
// those of all exports. Of several holders of one name, the first that is
// certain is the one that the others meet.
func (t *Tree) sameNames() []checks.SameName {
	var out []checks.SameName
	groups := map[[2]string][]holder{}
	var order [][2]string
	note := func(key string, h holder) {
		if key == "" || h.exists == No {
			return
		}
		k := [2]string{h.kind, key}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], h)
	}
	for r := range t.Resources() {
		if (r.NameKind == "literal" || r.NameKind == "pattern") && !r.MayChange() {
			note(r.Name.key(), holder{r.Subject, r.Type, r.Name.Text(), r.Exists, r.At})
		}
	}
	for _, s := range t.stacks {
		for _, o := range s.doc.Outputs {
			if o.Export != nil {
				name := s.eval(o.Export)
				note(name.key(), holder{s.subject(o.Name), "", name.Text(), s.produced(o), s.at(o.Export)})
			}
		}
	}
	for _, k := range order {
		out = append(out, meeting(groups[k])...)
	}
	return out
}

// meeting pairs the holders of one name.
func meeting(group []holder) []checks.SameName {
	var out []checks.SameName
	slices.SortStableFunc(group, func(a, b holder) int { return int(b.exists) - int(a.exists) })
	first := group[0]
	for _, h := range group[1:] {
		out = append(out, checks.SameName{
			Subject: h.subject, First: first.subject, Type: h.kind, Name: h.name, Identifies: identifies(h.kind),
			Exists: h.exists.String(), FirstExists: first.exists.String(), FirstFile: first.at.File, FirstLine: first.at.Line,
			File: h.at.File, Line: h.at.Line, Column: h.at.Column,
		})
	}
	return out
}
