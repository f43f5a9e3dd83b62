package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// written is a text of the template. Nobody knows what a dynamic reference in
// it stands for before CloudFormation resolves it.
func written(text string) Value {
	if !cfn.HasDynamic(text) {
		return literal(text)
	}
	return concat(literal(text))
}

const dynamicReason = "CloudFormation resolves a dynamic reference when it deploys"

// dynamic makes an unknown part of every dynamic reference; parts of a
// reference may be unknown themselves. It is nil when there is none.
func dynamic(parts []Part) []Part {
	var out []Part
	found, closed := false, true
	for i := 0; i < len(parts); i++ {
		p := parts[i]
		for closed && p.Reason == "" {
			start := strings.Index(p.Text, cfn.DynamicStart)
			if start < 0 {
				break
			}
			var end int
			var after string
			if end, after, closed = endOfReference(parts, i, p.Text[start:]); !closed {
				break
			}
			if found = true; start > 0 {
				out = append(out, Part{Text: p.Text[:start]})
			}
			reference := Part{Reason: dynamicReason}
			if end == i {
				reference.origin = &origin{name: strings.TrimSuffix(p.Text[start:], after)}
			}
			out = append(out, reference)
			i, p = end, Part{Text: after}
		}
		if p.Reason != "" || p.Text != "" {
			out = append(out, p)
		}
	}
	if !found {
		return nil
	}
	return out
}

// endOfReference finds the part in which the reference ends that text begins
// with, in part i, and the text after it there.
func endOfReference(parts []Part, i int, text string) (end int, after string, closed bool) {
	for {
		if _, after, closed = strings.Cut(text, "}}"); closed {
			return i, after, true
		}
		if i++; i == len(parts) {
			return 0, "", false
		}
		text = parts[i].Text
	}
}
