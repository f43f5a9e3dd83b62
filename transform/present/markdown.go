package present

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/transform"
)

// Markdown writes a change report to attach to a change request: what goes,
// why, and what it means for the deployment.
func Markdown(w io.Writer, r *transform.Result, o Options) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "# Changes for AWS China (%s)\n\n", o.Region)
	if r.Error != nil {
		fmt.Fprintf(b, "**The release cannot be transformed as it is:** `%s`, %s\n\n%s\n\nHow to go on: %s\n\nNothing was written.\n\n", r.Error.Code, at(r.Error.File, r.Error.Line), safetext.Markdown(r.Error.Message), safetext.Markdown(r.Error.Fix))
	}
	fmt.Fprintf(b, "%d resources are removed, %d values are respelt, %d points are left to decide.\n", len(r.Removed), len(r.Rewritten), len(r.Findings))
	removedTable(b, r)
	if len(r.Warnings) > 0 {
		fmt.Fprint(b, "\n## What it means for the deployment\n\n")
		for _, x := range r.Warnings {
			fmt.Fprintf(b, "- %s: %s\n", at(x.File, x.Line), safetext.Markdown(x.Message))
		}
	}
	if len(r.Findings) > 0 {
		fmt.Fprint(b, "\n## Left to decide\n\n| severity | where | what | fix |\n|---|---|---|---|\n")
		for _, f := range r.Findings {
			fmt.Fprintf(b, "| %s | %s %s | %s | %s |\n", f.Severity, at(f.File, f.Line), code(f.Subject), safetext.Markdown(f.Message), safetext.Markdown(f.Fix))
		}
	}
	if len(r.Rewritten) > 0 {
		fmt.Fprint(b, "\n## Respelt\n\n| where | from | to | rule |\n|---|---|---|---|\n")
		for _, x := range r.Rewritten {
			fmt.Fprintf(b, "| %s | %s | %s | %s |\n", at(x.File, x.Line), code(x.From), code(x.To), x.Rule)
		}
	}
	everyChange(b, r)
	fmt.Fprint(b, "\n## Templates\n\n| from | to | SHA-256 |\n|---|---|---|\n")
	for _, t := range r.Templates {
		fmt.Fprintf(b, "| %s | %s | `%s` |\n", code(t.From), code(t.To), t.SHA256)
	}
	return b.Flush()
}

// removedTable lists what goes; resources of one template and type that go for
// the same reason share a row.
func removedTable(w io.Writer, r *transform.Result) {
	if len(r.Removed) == 0 {
		return
	}
	type row struct{ file, typ, reason string }
	var order []row
	subjects := map[row][]string{}
	for _, x := range r.Removed {
		key := row{x.File, x.Type, x.Reason}
		if subjects[key] == nil {
			order = append(order, key)
		}
		subjects[key] = append(subjects[key], code(x.Subject))
	}
	fmt.Fprint(w, "\n## What goes\n\n| resource | type | why |\n|---|---|---|\n")
	for _, key := range order {
		fmt.Fprintf(w, "| %s | %s | %s |\n", strings.Join(subjects[key], ", "), safetext.Markdown(key.typ), safetext.Markdown(key.reason))
	}
}

func everyChange(w io.Writer, r *transform.Result) {
	if len(r.Changes) == 0 {
		return
	}
	fmt.Fprint(w, "\n## Every change\n\n| where | what | why |\n|---|---|---|\n")
	for _, c := range r.Changes {
		fmt.Fprintf(w, "| %s | %s %s | %s |\n", at(c.File, c.Line), c.Action, code(c.Path), safetext.Markdown(c.Reason))
	}
}

// at is a line of a file.
func at(file string, line int) string {
	return safetext.MarkdownCode(fmt.Sprintf("%s:%d", file, line))
}

// code is a name or a value, of which the beginning of a long one.
func code(text string) string {
	const most = 200
	if runes := []rune(safetext.Name(text)); len(runes) > most {
		text = string(runes[:most-3]) + "..."
	}
	return safetext.MarkdownCode(text)
}
