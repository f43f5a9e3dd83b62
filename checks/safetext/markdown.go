package safetext

import (
	"regexp"
	"strings"
)

// Markdown is a text in one line in which nothing is markup: neither of
// Markdown nor of the HTML that may stand in it. A word that a page would make
// a link, a mention or a reference of stands as code: escapes do not help there,
// because GitHub and GitLab look for those in the page that is already drawn.
func Markdown(text string) string {
	text = Line(text)
	var out strings.Builder
	for i, part := range strings.SplitAfter(text, " ") {
		word, space := strings.CutSuffix(part, " ")
		switch {
		case !linked.MatchString(word):
			word = markup.Replace(word)
			if i == 0 {
				word = marker.ReplaceAllString(word, `$1\$2`)
			}
		default:
			open := word[:len(word)-len(strings.TrimLeft(word, `(["'`))]
			bare := strings.TrimRight(word[len(open):], `.,;:!?)]"'`)
			word = markup.Replace(open) + MarkdownCode(bare) + markup.Replace(word[len(open)+len(bare):])
		}
		out.WriteString(word)
		if space {
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// MarkdownCode is a name as code. A code span cannot hold its own mark, and in
// a table no bar.
func MarkdownCode(text string) string {
	if text == "" {
		return ""
	}
	return "`" + inCode.Replace(Name(text)) + "`"
}

// MarkdownFence is a fence that no line of a text ends.
func MarkdownFence(text string) string {
	longest := 2
	for _, run := range backticks.FindAllString(text, -1) {
		longest = max(longest, len(run))
	}
	return strings.Repeat("`", longest+1)
}

var (
	inCode    = strings.NewReplacer("`", `\u0060`, "|", `\u007c`)
	backticks = regexp.MustCompile("`+")
	// linked are words that GitHub Flavored Markdown links by itself (an address
	// with a scheme, www., an e-mail address), mentions, references of GitHub
	// and GitLab to issues and the rest, and formulas.
	linked = regexp.MustCompile(`(?i)@|:/|www\.|\b(mailto|xmpp|tel|data|file|javascript|vbscript):\S|#\d|[!$&~%^][\w{"]|\bGH-\d`)
	markup = strings.NewReplacer(
		`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "#", `\#`, "~", `\~`, "$", `\$`,
		"<", "&lt;", ">", "&gt;", "&", "&amp;",
	)
	// marker is a word that begins a list or underlines a heading.
	marker = regexp.MustCompile(`^(\d*)([-+=.)]+)$`)
)
