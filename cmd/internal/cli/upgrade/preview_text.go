package upgrade

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// previewText writes a preview for a terminal: counts, what needs a decision,
// then every stack with what changes in it.
func previewText(p *checks.Preview) string {
	var b strings.Builder
	line := func(format string, args ...any) {
		text := strings.TrimLeft(format, " ")
		b.WriteString(format[:len(format)-len(text)] + safetext.Line(fmt.Sprintf(text, args...)) + "\n")
	}
	line("%s: %s", headline(p), counted(p.Counts))
	for _, note := range p.Notes {
		line("  note: %s", note)
	}
	if len(p.Decisions) > 0 {
		line("")
		line("Needs a decision")
	}
	for _, d := range p.Decisions {
		mark := "✗"
		if !d.Certain {
			mark = "?"
		}
		line("  %s %s %s: %s", mark, d.ID, d.Subject, d.Message)
		if d.Fix != "" {
			line("      → %s", d.Fix)
		}
	}
	for _, s := range p.Stacks {
		line("")
		line("%s: %s", s.Path, counted(s.Counts))
		var quiet []string
		for _, c := range s.Resources {
			if !grave(c) {
				quiet = append(quiet, sign(c)+c.LogicalID)
				continue
			}
			line("  %s: %s, %s", c.LogicalID, named(c), action(c))
			for _, changed := range c.Properties {
				if text := property(changed); text != "" {
					line("      %s", text)
				}
			}
		}
		if len(quiet) > 0 {
			line("  %s", strings.Join(quiet, " "))
		}
	}
	if len(p.Stacks) > 0 {
		line("")
		line("+ is created, ~ updated in place, ? perhaps; --format json has every property.")
	}
	return b.String()
}

// sign marks a change that is listed by its name alone.
func sign(c checks.PreviewChange) string {
	switch {
	case !c.Certain:
		return "?"
	case c.Action == checks.ChangeCreated:
		return "+"
	}
	return "~"
}

// previewMarkdown writes a preview for a change ticket.
func previewMarkdown(p *checks.Preview) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s.\n", safetext.Markdown(headline(p)), counted(p.Counts))
	for _, note := range p.Notes {
		fmt.Fprintf(&b, "\n> %s\n", safetext.Markdown(note))
	}
	if len(p.Decisions) > 0 {
		b.WriteString("\n## Needs a decision\n\n")
	}
	for _, d := range p.Decisions {
		doubt := ""
		if !d.Certain {
			doubt = " (not certain)"
		}
		fmt.Fprintf(&b, "- [ ] **%s** %s%s: %s", d.ID, safetext.MarkdownCode(d.Subject), doubt, safetext.Markdown(d.Message))
		if d.Fix != "" {
			fmt.Fprintf(&b, " _%s_", safetext.Markdown(d.Fix))
		}
		b.WriteString("\n")
	}
	for _, s := range p.Stacks {
		fmt.Fprintf(&b, "\n## %s\n\n%s.\n\n| resource | what happens | because |\n|---|---|---|\n", safetext.Markdown(s.Path), counted(s.Counts))
		for _, c := range s.Resources {
			var why []string
			for _, changed := range c.Properties {
				if text := property(changed); text != "" {
					why = append(why, cell(text))
				}
			}
			if len(why) > most {
				why = append(why[:most], fmt.Sprintf("%d more", len(why)-most))
			}
			fmt.Fprintf(&b, "| %s<br>%s | %s | %s |\n", safetext.MarkdownCode(c.LogicalID), cell(named(c)), cell(action(c)), strings.Join(why, "<br>"))
		}
	}
	return b.String()
}

// most is how many properties of a resource a table shows.
const most = 5

// cell is a text in a cell of a table.
func cell(text string) string {
	return strings.ReplaceAll(safetext.Markdown(text), "|", "&#124;")
}
