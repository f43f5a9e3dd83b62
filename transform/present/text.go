package present

import (
	"bufio"
	"fmt"
	"io"

	"github.com/panther-preflight/panther-preflight/transform"
)

// Text writes one line a change, then what is left to decide, then a summary.
func Text(w io.Writer, r *transform.Result, o Options) error {
	b := bufio.NewWriter(w)
	file := ""
	for _, c := range r.Changes {
		if c.File != file {
			file = c.File
			fmt.Fprintf(b, "%s\n", file)
		}
		fmt.Fprintf(b, "  %5d  %-8s  %s\n                   %s (%s)\n", c.Line, c.Action, c.Path, c.Reason, c.Rule)
	}
	section(b, "Warnings", len(r.Warnings))
	for _, x := range r.Warnings {
		fmt.Fprintf(b, "  %s:%d  %s (%s)\n", x.File, x.Line, x.Message, x.Rule)
	}
	section(b, "Left to decide", len(r.Findings))
	for _, f := range r.Findings {
		fmt.Fprintf(b, "  %-7s  %s:%d  %s  %s (%s)\n           fix: %s\n", f.Severity, f.File, f.Line, f.Subject, f.Message, name(f), f.Fix)
	}
	if r.Error != nil {
		fmt.Fprintf(b, "\n%s:%d: %s: %s\nfix: %s\n", r.Error.File, r.Error.Line, r.Error.Code, r.Error.Message, r.Error.Fix)
		for _, other := range r.Error.Others {
			fmt.Fprintf(b, "also: %s\n", other)
		}
		fmt.Fprintln(b, "Nothing was written.")
		return b.Flush()
	}
	fmt.Fprintf(b, "\n%d resources removed, %d values rewritten, %d changes, %d warnings, %d left to decide\n",
		len(r.Removed), len(r.Rewritten), len(r.Changes), len(r.Warnings), len(r.Findings))
	if o.Plan {
		fmt.Fprintf(b, "%d templates would be written; nothing was (--plan).\n", len(r.Templates))
	} else {
		fmt.Fprintf(b, "%d templates written.\n", len(r.Templates))
	}
	return b.Flush()
}

func section(w io.Writer, title string, n int) {
	if n > 0 {
		fmt.Fprintf(w, "\n%s\n", title)
	}
}

func name(f transform.Finding) string {
	if f.ID == "" {
		return f.Rule
	}
	return f.ID + " " + f.Rule
}
