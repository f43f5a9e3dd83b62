package report

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"github.com/panther-preflight/panther-preflight/checks"
)

//go:embed page/*
var pageFiles embed.FS

// HTML writes the report as one page that needs no other file and no network:
// the content policy of the page allows its own style and script and nothing
// else. What comes from templates, policies and answers is only ever text.
func HTML(w io.Writer, r *checks.Report, o Options) error {
	style, script, err := pageParts()
	if err != nil {
		return err
	}
	page, err := template.New("report.html.tmpl").Funcs(template.FuncMap{
		"plural": plural, "excuse": excuse, "owner": func(o checks.Owner) string { return owners[o] },
	}).ParseFS(pageFiles, "page/*.tmpl")
	if err != nil {
		return fmt.Errorf("read the page: %w", err)
	}
	view := viewOf(r, o)
	view.Style, view.Script = template.CSS(style), template.JS(script)
	view.StyleHash, view.ScriptHash = hash(style), hash(script)
	var b bytes.Buffer
	if err := page.Execute(&b, view); err != nil {
		return fmt.Errorf("draw the page: %w", err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

func pageParts() (style, script []byte, err error) {
	if style, err = pageFiles.ReadFile("page/report.css"); err == nil {
		script, err = pageFiles.ReadFile("page/report.js")
	}
	return style, script, err
}

// hash is how a content policy names a text that may stand in the page.
func hash(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256-" + base64.StdEncoding.EncodeToString(sum[:])
}
