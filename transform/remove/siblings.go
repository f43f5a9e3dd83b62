package remove

import (
	"maps"
	"regexp"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// siblings warns of templates beside the release that import what it no longer
// exports: they are deployed by themselves, and nothing repairs them.
func (p *run) siblings() {
	gone := p.lostExports()
	if len(gone) == 0 {
		return
	}
	for _, file := range slices.Sorted(maps.Keys(p.Release.Beside)) {
		c, err := cfn.Parse(file, p.Release.Beside[file])
		if err != nil {
			p.AddWarning(plan.Warning{Rule: "lost-import", File: file, Line: 1,
				Message: "whether it imports what the release no longer exports could not be determined: " + err.Error()})
			continue
		}
		cfn.Walk(c.Root, func(n *cfn.Node) bool {
			if n.IsCall("Fn::ImportValue") {
				p.sibling(file, c, n, gone)
			}
			return true
		})
	}
}

// lostExport is one that the release had.
type lostExport struct {
	name, why string
}

// lostExports are those whose name or value is lost, or whose stack is gone.
func (p *run) lostExports() []lostExport {
	var out []lostExport
	for _, e := range p.exports {
		c := p.lostExport(e.name)
		name, ok := exportName(e.name, e.t.DefaultOf)
		if c != nil && ok {
			out = append(out, lostExport{name, c.Reason})
		}
	}
	return out
}

func (p *run) sibling(file string, c *cfn.Template, n *cfn.Node, gone []lostExport) {
	name, ok := exportName(n.Arg(), func(parameter string) (string, bool) {
		for _, declared := range c.Parameters {
			if declared.Name == parameter {
				return declared.Body.Get("Default").Scalar()
			}
		}
		return "", false
	})
	if !ok {
		return
	}
	for _, e := range gone {
		if mayMatch(e.name, name) {
			p.AddWarning(plan.Warning{Rule: "lost-import", File: file, Line: n.Pos.Line,
				Message: file + " imports " + shown(name) + ", which the release no longer exports: " + root(e.why) + "; give it another value, or do not deploy it in AWS China"})
			return
		}
	}
}

// anyText stands for what only deployment knows in the name of an export.
const anyText = '\x00'

var inName = regexp.MustCompile(`\$\{[^}]+\}`)

// exportName is the name that a value builds, as far as it can be told; ok is
// false where nothing of it is known.
func exportName(n *cfn.Node, value func(string) (string, bool)) (string, bool) {
	text, ok := plan.Flatten(n)
	if !ok {
		return "", false
	}
	text = inName.ReplaceAllStringFunc(text, func(variable string) string {
		if v, known := value(variable[2 : len(variable)-1]); known {
			return v
		}
		return string(anyText)
	})
	for _, c := range text {
		if c != anyText {
			return text, true
		}
	}
	return "", false
}

func shown(name string) string {
	out := ""
	for _, c := range name {
		if c == anyText {
			out += "*"
		} else {
			out += string(c)
		}
	}
	return out
}

// mayMatch tells whether two names of which parts are not known can be the same.
func mayMatch(a, b string) bool {
	// row[j] says whether the part of a that was read may be the first j bytes of b
	row := make([]bool, len(b)+1)
	row[0] = true
	for j := 1; j <= len(b); j++ {
		row[j] = row[j-1] && b[j-1] == anyText
	}
	for i := range len(a) {
		next := make([]bool, len(b)+1)
		next[0] = row[0] && a[i] == anyText
		for j := 1; j <= len(b); j++ {
			switch {
			case a[i] == anyText, b[j-1] == anyText:
				next[j] = row[j-1] || row[j] || next[j-1]
			default:
				next[j] = row[j-1] && a[i] == b[j-1]
			}
		}
		row = next
	}
	return row[len(b)]
}
