package report

import "strings"

const markdownFence = "```"

// markdownText is a text in which nothing is markup: neither of Markdown nor of
// the HTML that may stand in it, nor a mention or a reference.
func markdownText(text string) string {
	return markdownEscapes.Replace(oneLine(text))
}

var markdownEscapes = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "#", `\#`, "~", `\~`,
	"<", "&lt;", ">", "&gt;", "&", "&amp;", "@", "&#64;",
)

// markdownCode is a text as code. A code span cannot hold its own mark, and a
// table none of its bars.
func markdownCode(text string) string {
	return "`" + strings.NewReplacer("`", "'", "|", "¦").Replace(oneLine(text)) + "`"
}
