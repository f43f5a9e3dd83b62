package cfn

import "strings"

// TextPart is a stretch of a text: as it is, or a dynamic reference, which
// CloudFormation resolves when it deploys and whose value nobody knows before.
type TextPart struct {
	Text    string
	Dynamic bool // Text is {{resolve:service:…}}
}

// DynamicStart begins a dynamic reference.
const DynamicStart = "{{resolve:"

// Dynamic splits a text at its dynamic references. A text that has none is one
// part.
func Dynamic(text string) []TextPart {
	if !HasDynamic(text) {
		return []TextPart{{Text: text}}
	}
	var out []TextPart
	for text != "" {
		open := strings.Index(text, DynamicStart)
		end := -1
		if open >= 0 {
			end = strings.Index(text[open:], "}}")
		}
		if end < 0 {
			return append(out, TextPart{Text: text})
		}
		if open > 0 {
			out = append(out, TextPart{Text: text[:open]})
		}
		end += open + len("}}")
		out = append(out, TextPart{Text: text[open:end], Dynamic: true})
		text = text[end:]
	}
	return out
}

// HasDynamic tells whether a dynamic reference may begin in the text.
func HasDynamic(text string) bool { return strings.Contains(text, DynamicStart) }
