package report

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// documentation is a link, or what stands where one belongs.
func documentation(address string) string {
	if link, ok := safetext.Link(address); ok {
		return "[Documentation](" + link + ")"
	}
	return "Documentation: " + safetext.MarkdownCode(address)
}

// markdownBlock is a text of which the indented lines are to be pasted: those
// stand in a code block.
func markdownBlock(text, indent string) string {
	var b strings.Builder
	fence, inCode := safetext.MarkdownFence(text), false
	for line := range strings.SplitSeq(strings.TrimRight(text, "\n"), "\n") {
		if pasted := strings.HasPrefix(line, " "); pasted != inCode {
			fmt.Fprintf(&b, "\n%s%s", indent, fence)
			inCode = pasted
		}
		if b.Len() > 0 {
			b.WriteString("\n" + indent)
		}
		if inCode {
			b.WriteString(safetext.Prose(line))
		} else {
			b.WriteString(safetext.Markdown(line))
		}
	}
	if inCode {
		b.WriteString("\n" + indent + fence)
	}
	return b.String()
}
