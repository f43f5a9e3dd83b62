package check

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

const notShown = "(not shown)"

// hideDefaults are the lines of a template without the defaults of its NoEcho
// parameters. A template that is none has no line to show.
func hideDefaults(file string, text []byte) []string {
	t, err := cfn.Parse(file, text)
	if err != nil {
		return nil
	}
	lines := strings.Split(string(text), "\n")
	for _, e := range parametersIn(t.Root.Get("Parameters")) {
		if quiet := e.Value.Get("NoEcho"); quiet.IsScalar() && strings.EqualFold(quiet.Text, "true") {
			hideDefault(lines, e.Value.Get("Default"))
		}
	}
	for _, p := range t.Problems {
		if p.Kind == cfn.DuplicateKey && p.Path[0] == "Parameters" {
			hideReplaced(lines, p)
		}
	}
	return lines
}

func parametersIn(section *cfn.Node) []cfn.Entry {
	if !section.IsMap() {
		return nil
	}
	return section.Entries
}

// hideReplaced hides every default in what a key of Parameters that is given
// again replaces: nothing says any more whether it may be shown.
func hideReplaced(lines []string, p cfn.Problem) {
	switch len(p.Path) {
	case 1:
		for _, e := range parametersIn(p.Node) {
			hideDefault(lines, e.Value.Get("Default"))
		}
	case 2:
		hideDefault(lines, p.Node.Get("Default"))
	default:
		if p.Name == "Default" {
			hideDefault(lines, p.Node)
		}
	}
}

func hideDefault(lines []string, n *cfn.Node) {
	if n.IsScalar() && n.Src != nil && n.Src.Value != "" {
		hideScalar(lines, n.Src)
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
