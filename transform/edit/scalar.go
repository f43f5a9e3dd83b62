package edit

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// scalarEnd finds where the scalar that begins at at ends.
func (x *extents) scalarEnd(n *yaml.Node, at, parent int) (int, error) {
	switch style := n.Style &^ (yaml.TaggedStyle | yaml.FlowStyle); {
	case style&yaml.SingleQuotedStyle != 0:
		return x.quotedEnd(at, '\'')
	case style&yaml.DoubleQuotedStyle != 0:
		return x.quotedEnd(at, '"')
	case style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return x.blockEnd(at, parent)
	case n.Value == "":
		return at, nil
	}
	return x.plainEnd(n.Value, at)
}

func (x *extents) quotedEnd(at int, quote byte) (int, error) {
	if at >= len(x.text) || x.text[at] != quote {
		return 0, errSplice
	}
	for i := at + 1; i < len(x.text); i++ {
		switch {
		case x.text[i] == '\\' && quote == '"':
			i++
		case x.text[i] != quote:
		case quote == '\'' && strings.HasPrefix(x.text[i+1:], "'"):
			i++
		default:
			return i + 1, nil
		}
	}
	return 0, errSplice
}

// blockEnd is the end of the last line of a | or > scalar, before its line
// break. Blank lines after the text belong to it only with the keep indicator.
func (x *extents) blockEnd(at, parent int) (int, error) {
	if at >= len(x.text) || x.text[at] != '|' && x.text[at] != '>' {
		return 0, errSplice
	}
	header := x.text[at:x.lineEnd(at)]
	header, _, _ = strings.Cut(header, " ")
	margin, keep := -1, strings.Contains(header, "+")
	if i := strings.IndexAny(header, "123456789"); i > 0 {
		margin = max(parent, 0) + int(header[i]-'0')
	}
	end := x.lineEnd(at)
	for start := x.nextLine(at); start < len(x.text) && start > at; start = x.nextLine(start) {
		line := x.line(start)
		switch {
		case blank(line) && (margin < 0 || len(line) <= margin):
			if keep {
				end = x.lineEnd(start)
			}
			continue
		case margin < 0 && indent(line) > parent:
			margin = indent(line)
		case margin < 0 || indent(line) < margin:
			return end, nil
		}
		end = x.lineEnd(start)
	}
	return end, nil
}

// plainEnd matches an unquoted value with the text: a space of the value may
// be a line break in the text, and n line breaks n+1.
func (x *extents) plainEnd(value string, at int) (int, error) {
	if strings.HasPrefix(x.text[at:], value) {
		return at + len(value), nil
	}
	for i := 0; i < len(value); {
		if value[i] == ' ' || value[i] == '\n' {
			for i < len(value) && (value[i] == ' ' || value[i] == '\n') {
				i++
			}
			for at < len(x.text) && strings.IndexByte(" \t\r\n", x.text[at]) >= 0 {
				at++
			}
			continue
		}
		if at >= len(x.text) || x.text[at] != value[i] {
			return 0, errSplice
		}
		i, at = i+1, at+1
	}
	return at, nil
}
