package edit

import (
	"encoding/json"
	"strings"

	"go.yaml.in/yaml/v4"
)

// scalarText is the text of a new scalar, quoted as the old one was if that
// can hold it.
func (w *writer) scalarText(old, fresh *yaml.Node, p place) string {
	tag := ""
	if fresh.Style&yaml.TaggedStyle != 0 {
		tag = fresh.Tag + " "
	}
	e := w.of[old]
	raw := w.text[e.content:e.end]
	style := old.Style
	if old.Kind != yaml.ScalarNode || w.json {
		style = 0
	}
	switch {
	case w.json:
		return tag + doubleQuoted(fresh.Value)
	case style&yaml.DoubleQuotedStyle != 0:
		return tag + doubleQuoted(fresh.Value)
	case style&yaml.SingleQuotedStyle != 0 && printable(fresh.Value):
		return tag + "'" + strings.ReplaceAll(fresh.Value, "'", "''") + "'"
	case old.Kind == yaml.ScalarNode && raw != old.Value:
		if text, ok := rewordable(raw, old.Value, fresh.Value); ok {
			return tag + text
		}
	}
	switch {
	case plainSafe(fresh, p.flow):
		return tag + fresh.Value
	case printable(fresh.Value):
		return tag + "'" + strings.ReplaceAll(fresh.Value, "'", "''") + "'"
	}
	return tag + doubleQuoted(fresh.Value)
}

// rewordable changes the words of a multi-line text one by one where as many
// words stay, so that its line breaks and indentation stay too.
func rewordable(raw, before, after string) (string, bool) {
	old, fresh := strings.Fields(before), strings.Fields(after)
	if len(old) != len(fresh) {
		return "", false
	}
	var b strings.Builder
	if raw != "" && (raw[0] == '|' || raw[0] == '>') {
		i := strings.IndexByte(raw, '\n') + 1
		b.WriteString(raw[:i])
		raw = raw[i:]
	}
	for i, word := range old {
		at := strings.Index(raw, word)
		if at < 0 || strings.TrimSpace(raw[:at]) != "" {
			return "", false
		}
		b.WriteString(raw[:at])
		b.WriteString(fresh[i])
		raw = raw[at+len(word):]
	}
	b.WriteString(raw)
	return b.String(), true
}

func doubleQuoted(value string) string {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return "\"\""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func printable(value string) bool {
	for _, r := range value {
		if r < 0x20 || r == 0x7f || r == 0x85 || r == 0x2028 || r == 0x2029 || r == 0xfeff {
			return false
		}
	}
	return true
}

// plainSafe tells whether a value may stand without quotes and is read as the
// text that it is.
func plainSafe(n *yaml.Node, flow bool) bool {
	v := n.Value
	if v == "" || !printable(v) || v != strings.TrimSpace(v) || strings.Contains(v, ": ") || strings.Contains(v, " #") ||
		strings.HasSuffix(v, ":") || strings.HasPrefix(v, "---") || strings.HasPrefix(v, "...") || strings.ContainsAny(v[:1], "!&*{}[],#|>@`\"'%") ||
		strings.ContainsAny(v[:1], "-?:") && (len(v) == 1 || v[1] == ' ') {
		return false
	}
	if flow && strings.ContainsAny(v, ",[]{}") || flow && strings.Contains(v, ":") && strings.ContainsAny(v, "?") {
		return false
	}
	if n.Style&yaml.TaggedStyle != 0 {
		return true
	}
	return readAsText(v) && !legacyBool[strings.ToLower(v)]
}

// readAsText tells whether a reader takes an unquoted value for a text, not for
// a number, a boolean, a date or nothing.
func readAsText(v string) bool {
	var doc yaml.Node
	if err := yaml.Load([]byte(v), &doc); err != nil || len(doc.Content) != 1 {
		return false
	}
	n := doc.Content[0]
	return n.Kind == yaml.ScalarNode && n.Tag == "!!str" && n.Value == v
}

// legacyBool are words that YAML 1.1 readers take for booleans.
var legacyBool = map[string]bool{"y": true, "n": true, "yes": true, "no": true, "on": true, "off": true}

// flowText is a tree in [flow] style; in JSON, as JSON.
func (w *writer) flowText(n *yaml.Node) string {
	tag := ""
	if n.Style&yaml.TaggedStyle != 0 {
		tag = n.Tag + " "
	}
	switch n.Kind {
	case yaml.MappingNode:
		var entries []string
		for i := 0; i+1 < len(n.Content); i += 2 {
			entries = append(entries, w.flowText(n.Content[i])+": "+w.flowText(n.Content[i+1]))
		}
		return tag + "{" + strings.Join(entries, ", ") + "}"
	case yaml.SequenceNode:
		var items []string
		for _, c := range n.Content {
			items = append(items, w.flowText(c))
		}
		return tag + "[" + strings.Join(items, ", ") + "]"
	}
	quoted := n.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle|yaml.LiteralStyle|yaml.FoldedStyle) != 0
	switch {
	case n.Tag != "!!str" && n.Style&yaml.TaggedStyle == 0 && !quoted && n.Value != "":
		return n.Value // a number, a boolean or a date, as written
	case !w.json && plainSafe(n, true):
		return tag + n.Value
	case !w.json && printable(n.Value):
		return tag + "'" + strings.ReplaceAll(n.Value, "'", "''") + "'"
	}
	return tag + doubleQuoted(n.Value)
}

// blockText is a tree in block style whose lines begin in the given column;
// the first line is not indented.
func (w *writer) blockText(n *yaml.Node, column int) (string, error) {
	if n.Style&yaml.FlowStyle != 0 || empty(n) {
		return w.flowText(n), nil
	}
	text, err := Print(n)
	if err != nil {
		return "", err
	}
	out := shift(strings.TrimRight(string(text), "\n"), column)
	return strings.ReplaceAll(out, "\n", w.eol), nil
}
