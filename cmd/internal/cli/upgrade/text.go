package upgrade

import (
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/checks/upgrade"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// writePlanText writes a plan for a terminal.
func writePlanText(w io.Writer, p *upgrade.Plan) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Upgrade from %s to %s: %s\n", p.From, p.To, hopCount(p))
	for _, note := range p.Notes {
		fmt.Fprintf(&b, "  note: %s\n", safetext.Line(note))
	}
	for i, h := range p.Hops {
		fmt.Fprintf(&b, "\n%d. %s → %s\n", i+1, h.From, h.To)
		fmt.Fprintf(&b, "   template       %s\n", h.TemplateURL)
		fmt.Fprintf(&b, "   role template  %s\n", h.RoleTemplateURL)
		for _, c := range h.Parameters {
			fmt.Fprintf(&b, "   parameter      %s\n", safetext.Line(describeChange(c)))
		}
		for j, s := range h.Steps {
			fmt.Fprintf(&b, "\n   %d.%d %s\n       %s\n", i+1, j+1, s.Title, s.Why)
			for _, command := range s.Commands {
				fmt.Fprintf(&b, "%s\n", wrapCommand(command, "       "))
			}
		}
	}
	return session.WriteAll(w, b.String())
}

// writePlanMarkdown writes a plan as a checklist.
func writePlanMarkdown(w io.Writer, p *upgrade.Plan) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# Upgrade from %s to %s\n\n%s\n", p.From, p.To, hopCount(p))
	for _, note := range p.Notes {
		fmt.Fprintf(&b, "\n> %s\n", safetext.Markdown(note))
	}
	for _, h := range p.Hops {
		fmt.Fprintf(&b, "\n## %s → %s\n\n* Template: %s\n", h.From, h.To, linkOrCode(h.TemplateURL))
		fmt.Fprintf(&b, "* Role template: %s\n", linkOrCode(h.RoleTemplateURL))
		for _, c := range h.Parameters {
			fmt.Fprintf(&b, "* Parameter %s\n", safetext.Markdown(describeChange(c)))
		}
		fmt.Fprintln(&b)
		for _, s := range h.Steps {
			fmt.Fprintf(&b, "- [ ] **%s**: %s\n", safetext.Markdown(s.Title), safetext.Markdown(s.Why))
			if len(s.Commands) == 0 {
				continue
			}
			fence := safetext.MarkdownFence(strings.Join(s.Commands, "\n"))
			fmt.Fprintf(&b, "\n  %sbash\n", fence)
			for _, command := range s.Commands {
				fmt.Fprintf(&b, "%s\n", wrapCommand(command, "  "))
			}
			fmt.Fprintf(&b, "  %s\n\n", fence)
		}
	}
	return session.WriteAll(w, b.String())
}

// linkOrCode is an address as a link, where it is one that may be followed.
func linkOrCode(address string) string {
	if link, ok := safetext.Link(address); ok {
		return "<" + link + ">"
	}
	return safetext.MarkdownCode(address)
}

func hopCount(p *upgrade.Plan) string {
	switch len(p.Hops) {
	case 0:
		return "nothing to do"
	case 1:
		return "one update"
	}
	return fmt.Sprintf("%d updates, one after the other", len(p.Hops))
}

func describeChange(c upgrade.Parameter) string {
	text := fmt.Sprintf("%s: %s", c.Name, c.Change)
	if c.Required {
		text += ", required"
	}
	if c.Value != "" {
		text += fmt.Sprintf(", %s", c.Value)
	}
	if c.Why != "" {
		text += fmt.Sprintf(" (%s)", c.Why)
	}
	return text
}

// wrapCommand breaks a command before its options, where a shell may.
func wrapCommand(command, margin string) string {
	head, options, found := strings.Cut(command, " --")
	if !found || len(command) < 100 {
		return margin + command
	}
	lines := []string{margin + head}
	for option := range strings.SplitSeq(options, " --") {
		lines = append(lines, margin+"    --"+strings.ReplaceAll(option, " ParameterKey=", " \\\n"+margin+"      ParameterKey="))
	}
	return strings.ReplaceAll(strings.Join(lines, " \\\n"), " 'ParameterKey=", " \\\n"+margin+"      'ParameterKey=")
}
