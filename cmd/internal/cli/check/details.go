package check

import (
	"context"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/template"
	"github.com/panther-preflight/panther-preflight/cmd/internal/example"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
)

// details are the facts that the html report draws beside the findings.
func details(ctx context.Context, c *Flags, f *checks.Facts) *report.Details {
	d := &report.Details{Excerpt: excerpts(templates(ctx, c), f), Levels: levels(f)}
	resources := map[string]int{}
	for _, r := range f.Release.Resources {
		resources[r.Stack]++
	}
	for _, s := range f.Release.Stacks {
		d.Stacks = append(d.Stacks, report.Stack{
			Path: s.Path, File: s.File, Resources: resources[s.Path], Exists: s.Exists != checks.ExistsNo,
		})
	}
	for _, n := range f.Authorization.Needs {
		if !slices.Contains(d.Services, n.Service) {
			d.Services = append(d.Services, n.Service)
		}
	}
	return d
}

// levels are those of the organization with the policies that were judged.
// Their names come from the account, or from the folders of an export.
func levels(f *checks.Facts) []report.Level {
	titles := map[string]string{}
	for _, p := range f.Organizations.Policies {
		titles[p.ID] = p.Name
	}
	var all []report.Level
	for _, p := range f.Authorization.Organization.Policies {
		if p.Level < 0 {
			continue
		}
		for len(all) <= p.Level {
			all = append(all, report.Level{Name: levelName(f, len(all))})
		}
		l := &all[p.Level]
		if folder := path.Dir(p.Name); l.Name == "" && folder != "." && p.Layer == checks.LayerSCP {
			l.Name = folder
		}
		l.Policies = append(l.Policies, report.Policy{Name: p.Name, Title: titles[p.Name], Kind: strings.ToUpper(p.Layer)})
	}
	for i := range all {
		if all[i].Name == "" {
			all[i].Name = fmt.Sprintf("Level %d", i)
		}
	}
	return all
}

func levelName(f *checks.Facts, level int) string {
	for _, l := range f.Organizations.Levels {
		if l.Level == level {
			return strings.TrimSpace(l.Kind + " " + l.Name)
		}
	}
	return ""
}

const (
	// excerptAround is how many lines stand before and after the one meant.
	excerptAround = 3
	// excerptWidth keeps a template that was written on one line off the page.
	excerptWidth = 240
)

// templates are the files of the release, nil where they are not on disk.
func templates(ctx context.Context, c *Flags) fs.FS {
	if c.example {
		files, err := fs.Sub(example.Files, "release")
		if err != nil {
			return nil
		}
		return files
	}
	name := c.Input.TemplateName()
	if name == "" || strings.Contains(name, "://") {
		return nil
	}
	source, _, err := template.Open(ctx, name)
	if err != nil {
		return nil
	}
	return source.Files
}

// excerpts cuts the templates of the release. It answers for nothing else: a
// parameter file holds values that must not be shown, as the default of a
// NoEcho parameter must not.
func excerpts(files fs.FS, f *checks.Facts) func(string, int) ([]report.Line, bool) {
	if files == nil {
		return nil
	}
	lines := map[string][]string{}
	for _, t := range f.Release.Templates {
		lines[t.File] = nil
	}
	return func(file string, line int) ([]report.Line, bool) {
		text, known := lines[file]
		if known && text == nil {
			body, err := fs.ReadFile(files, file)
			if err != nil {
				return nil, false
			}
			text = hideDefaults(file, body)
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
