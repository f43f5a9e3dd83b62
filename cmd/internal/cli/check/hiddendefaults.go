package check

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

const notShown = "(not shown)"

// hideDefaults are the lines of a template without the defaults of its NoEcho
// parameters and without the credentials of URLs. A template that is none has no
// line to show.
func hideDefaults(file string, text []byte) []string {
	t, err := cfn.Parse(file, text)
	if err != nil {
		return nil
	}
	h := hidden{}
	for _, e := range parametersIn(t.Root.Get("Parameters")) {
		if quiet := e.Value.Get("NoEcho"); quiet.IsScalar() && strings.EqualFold(quiet.Text, "true") {
			h.add(e.Value.Get("Default"))
		}
	}
	for _, p := range t.Problems {
		if p.Kind == cfn.DuplicateKey && p.Path[0] == "Parameters" {
			h.addReplaced(p)
		}
	}
	h.addSigned(t.Root)
	lines := strings.Split(string(text), "\n")
	h.hide(lines)
	for i, line := range lines { // of comments
		lines[i] = safetext.HideCredentials(line)
	}
	return lines
}

// hidden are the scalars of a template that are not shown.
type hidden map[*yaml.Node]bool

func (h hidden) add(n *cfn.Node) {
	if n.IsScalar() && n.Src != nil && n.Src.Value != "" {
		h[n.Src] = true
	}
}

// hide begins with the last, for what is hidden moves what follows it in its line.
func (h hidden) hide(lines []string) {
	last := func(a, b *yaml.Node) int { return cmp.Or(cmp.Compare(b.Line, a.Line), cmp.Compare(b.Column, a.Column)) }
	for _, n := range slices.SortedFunc(maps.Keys(h), last) {
		hideScalar(lines, n)
	}
}

// addSigned adds the arguments of every function that make a URL with
// credentials, where each alone may look like any text, and every such URL.
func (h hidden) addSigned(root *cfn.Node) {
	cfn.Walk(root, func(n *cfn.Node) bool {
		switch {
		case n.Kind == cfn.Call:
			if parts := scalars(n); safetext.HasCredentials(joined(parts)) {
				for _, part := range parts {
					h.add(part)
				}
			}
		case n.IsScalar() && safetext.HasCredentials(n.Text):
			h.add(n)
		}
		return true
	})
}

func scalars(n *cfn.Node) (all []*cfn.Node) {
	cfn.Walk(n, func(n *cfn.Node) bool {
		if n.IsScalar() {
			all = append(all, n)
		}
		return true
	})
	return all
}

func joined(parts []*cfn.Node) string {
	var b strings.Builder
	for _, part := range parts {
		b.WriteString(part.Text)
	}
	return b.String()
}

func parametersIn(section *cfn.Node) []cfn.Entry {
	if !section.IsMap() {
		return nil
	}
	return section.Entries
}

// addReplaced adds every default in what a key of Parameters that is given
// again replaces: nothing says any more whether it may be shown.
func (h hidden) addReplaced(p cfn.Problem) {
	switch len(p.Path) {
	case 1:
		for _, e := range parametersIn(p.Node) {
			h.add(e.Value.Get("Default"))
		}
	case 2:
		h.add(p.Node.Get("Default"))
	default:
		if p.Name == "Default" {
			h.add(p.Node)
		}
	}
}

// hideScalar takes a value out of the lines that it is written on. Where it is
// spelt in another way than it reads, the rest of its lines goes.
func hideScalar(lines []string, n *yaml.Node) {
	at, parts := n.Line-1, strings.Split(strings.TrimRight(n.Value, "\n"), "\n")
	if at < 0 || at >= len(lines) {
		return
	}
	runes := []rune(lines[at])
	from := min(max(n.Column-1, 0), len(runes))
	head, rest := string(runes[:from]), string(runes[from:])
	if len(parts) == 1 && strings.Contains(rest, n.Value) {
		lines[at] = head + strings.Replace(rest, n.Value, notShown, 1)
		return
	}
	lines[at] = head + notShown
	// A folded or quoted value goes on for as long as the lines are indented
	// deeper than the key, and one in quotes until they end.
	indent := len(head) - len(strings.TrimLeft(head, " "))
	for i := at + 1; i < len(lines); i++ {
		line := lines[i]
		depth := len(line) - len(strings.TrimLeft(line, " "))
		if strings.TrimSpace(line) != "" && depth <= indent {
			return
		}
		lines[i] = ""
	}
}
