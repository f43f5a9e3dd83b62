package cfn

import "strings"

// SubPart is a stretch of the text of Fn::Sub: a text, or the name of a
// variable.
type SubPart struct {
	Text string // "" for a variable
	Name string // "" for a text
}

// SubParts splits the text of Fn::Sub. ${!Name} is the text ${Name}, spaces
// around a name do not count, and what is not closed is text.
func SubParts(text string) []SubPart {
	var out []SubPart
	for text != "" {
		open := strings.Index(text, "${")
		if open < 0 {
			break
		}
		end := strings.IndexByte(text[open:], '}')
		if end < 0 {
			break
		}
		name := text[open+2 : open+end]
		if open > 0 {
			out = append(out, SubPart{Text: text[:open]})
		}
		if escaped, is := strings.CutPrefix(name, "!"); is {
			out = append(out, SubPart{Text: "${" + escaped + "}"})
		} else if name = strings.TrimSpace(name); name == "" {
			out = append(out, SubPart{Text: "${}"})
		} else {
			out = append(out, SubPart{Name: name})
		}
		text = text[open+end+1:]
	}
	if text != "" {
		out = append(out, SubPart{Text: text})
	}
	return out
}

// Variables are the names in the text of Fn::Sub, in order.
func Variables(text string) []string {
	var names []string
	for _, p := range SubParts(text) {
		if p.Name != "" {
			names = append(names, p.Name)
		}
	}
	return names
}

// Sub reads a Fn::Sub: its text, and the Map of its own variables, which is nil
// when it has none. ok is false when it is malformed.
func (n *Node) Sub() (text, variables *Node, ok bool) {
	if !n.IsCall("Fn::Sub") {
		return nil, nil, false
	}
	text = n.Arg()
	if in := text.List(2, 2); in != nil {
		text, variables = in[0], in[1]
	}
	return text, variables, text.IsScalar()
}
