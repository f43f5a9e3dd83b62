package safetest

import (
	"bytes"
	"html"
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

// Live are the places of a page of Markdown that are more than text: links,
// pictures, HTML, and what GitHub or GitLab make a link of in the page that is
// drawn, where escapes are no more. Code is left alone by all of them.
func Live(markdown string) ([]string, error) {
	var page bytes.Buffer
	if err := goldmark.New(goldmark.WithExtensions(extension.GFM)).Convert([]byte(markdown), &page); err != nil {
		return nil, err
	}
	drawn := code.ReplaceAllString(page.String(), " ")
	var live []string
	for _, m := range anchor.FindAllStringSubmatch(drawn, -1) {
		live = append(live, html.UnescapeString(m[1]))
	}
	live = append(live, picture.FindAllString(drawn, -1)...)
	drawn = anchorText.ReplaceAllString(drawn, " ")
	words := html.UnescapeString(tag.ReplaceAllString(drawn, ""))
	for word := range strings.FieldsSeq(words) {
		if reference.MatchString(word) {
			live = append(live, word)
		}
	}
	return live, nil
}

var (
	code       = regexp.MustCompile(`(?s)<code.*?</code>`)
	anchor     = regexp.MustCompile(`<a href="([^"]*)"`)
	anchorText = regexp.MustCompile(`(?s)<a .*?</a>`)
	picture    = regexp.MustCompile(`<img[^>]*>|<!-- raw HTML omitted -->`)
	tag        = regexp.MustCompile(`</?[a-z][^<>]*>`)
	reference  = regexp.MustCompile(`(?i)://|www\.|\w@\w|@\w|mailto:\S|#\d|\bGH-\d|[!$&~%][0-9]`)
)
