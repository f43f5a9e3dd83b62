package changes

import (
	"strings"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks/template"
)

// longest is the most of one value that is shown.
const longest = 200

// show writes a value for people: a star stands for what is not known or
// secret, and nothing for what is absent.
func show(v template.Value) string {
	var b strings.Builder
	write(&b, v)
	text := b.String()
	if len(text) <= longest {
		return text
	}
	cut := longest
	for cut > 0 && !utf8.RuneStart(text[cut]) {
		cut--
	}
	return text[:cut] + "…"
}

func write(b *strings.Builder, v template.Value) {
	if b.Len() > longest {
		return
	}
	switch v.Kind {
	case template.NoValue:
	case template.List:
		b.WriteByte('[')
		for i, item := range v.Items() {
			if i > 0 {
				b.WriteString(", ")
			}
			write(b, item)
		}
		b.WriteByte(']')
	case template.Map:
		b.WriteByte('{')
		for i, f := range v.Fields() {
			if i > 0 {
				b.WriteString(", ")
			}
			b.WriteString(f.Key + ": ")
			write(b, f.Value)
		}
		b.WriteByte('}')
	default:
		b.WriteString(v.Text())
	}
}
