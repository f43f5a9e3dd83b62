package template

import "strings"

func (s *stack) sub(a *node) Value {
	text, vars := a, (*node)(nil)
	if in := args(a, 2, 2); in != nil {
		text, vars = in[0], in[1]
	}
	if !text.isScalar() {
		return malformed("Fn::Sub")
	}
	var out texts
	for _, p := range subPieces(text.text) {
		if p.name == "" {
			out.add(literal(p.text))
			continue
		}
		v := s.variable(p.name, vars, text)
		if v.Kind == NoValue {
			v = unknown("AWS::NoValue in Fn::Sub")
		}
		if !out.add(v) {
			break
		}
	}
	return out.value()
}

func (s *stack) variable(name string, vars, at *node) Value {
	if v := vars.get(name); v != nil {
		return s.eval(v)
	}
	if id, attribute, dotted := strings.Cut(name, "."); dotted {
		return s.attribute(id, attribute, at)
	}
	return s.reference(name, at)
}

// piece is a stretch of a Fn::Sub text: literal, or a ${name}.
type piece struct{ text, name string }

// subPieces splits the text of Fn::Sub; ${!x} stands for the text ${x}.
func subPieces(text string) []piece {
	var out []piece
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
			out = append(out, piece{text: text[:open]})
		}
		if escaped, is := strings.CutPrefix(name, "!"); is {
			out = append(out, piece{text: "${" + escaped + "}"})
		} else if name = strings.TrimSpace(name); name == "" {
			out = append(out, piece{text: "${}"})
		} else {
			out = append(out, piece{name: name})
		}
		text = text[open+end+1:]
	}
	if text != "" {
		out = append(out, piece{text: text})
	}
	return out
}
