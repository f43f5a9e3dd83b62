package cli

import (
	"io/fs"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/template"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// details are the facts that the html report draws beside the findings.
func details(i inputFlags, f *checks.Facts) *report.Details {
	d := &report.Details{Excerpt: excerpts(i, f)}
	resources := map[string]int{}
	for _, r := range f.Release.Resources {
		resources[r.Stack]++
	}
	for _, s := range f.Release.Stacks {
		d.Stacks = append(d.Stacks, report.Stack{
			Path: s.Path, File: s.File, Resources: resources[s.Path], Exists: s.Exists != checks.ExistsNo,
		})
	}
	return d
}

const (
	// excerptAround is how many lines stand before and after the one meant.
	excerptAround = 3
	// excerptWidth keeps a template that was written on one line off the page.
	excerptWidth = 240
)

// excerpts cuts the templates of a release on disk. It answers for nothing
// else: a parameter file holds values that must not be shown.
func excerpts(i inputFlags, f *checks.Facts) func(string, int) ([]report.Line, bool) {
	name := i.templateName()
	if name == "" || strings.Contains(name, "://") {
		return nil
	}
	source, _, err := template.Open(name)
	if err != nil {
		return nil
	}
	lines := map[string][]string{}
	for _, t := range f.Release.Templates {
		lines[t.File] = nil
	}
	return func(file string, line int) ([]report.Line, bool) {
		text, known := lines[file]
		if known && text == nil {
			body, err := fs.ReadFile(source.Files, file)
			if err != nil {
				return nil, false
			}
			text = strings.Split(string(body), "\n")
			lines[file] = text
		}
		if line < 1 || line > len(text) {
			return nil, false
		}
		return cut(text, line), true
	}
}

func cut(text []string, line int) []report.Line {
	var out []report.Line
	for n := max(line-excerptAround, 1); n <= min(line+excerptAround, len(text)); n++ {
		runes := []rune(strings.TrimRight(text[n-1], "\r"))
		if len(runes) > excerptWidth {
			runes = append(runes[:excerptWidth], '…')
		}
		out = append(out, report.Line{Number: n, Text: string(runes), Here: n == line})
	}
	return out
}
