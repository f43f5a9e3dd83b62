package present

import (
	"bufio"
	"fmt"
	"io"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/transform"
)

// Text writes one line a change, then what is left to decide, then a summary.
func Text(w io.Writer, r *transform.Result, o Options) error {
	b := bufio.NewWriter(w)
	file := ""
	for _, c := range r.Changes {
		if c.File != file {
			file = c.File
			fmt.Fprintf(b, "%s\n", safetext.Name(file))
		}
		fmt.Fprintf(b, "  %5d  %-8s  %s\n                   %s (%s)\n", c.Line, c.Action, safetext.Name(c.Path), safetext.Line(c.Reason), c.Rule)
	}
	section(b, "Warnings", len(r.Warnings))
	for _, x := range r.Warnings {
		fmt.Fprintf(b, "  %s:%d  %s (%s)\n", safetext.Name(x.File), x.Line, safetext.Line(x.Message), x.Rule)
	}
	section(b, "Left to decide", len(r.Findings))
	for _, f := range r.Findings {
		fmt.Fprintf(b, "  %-7s  %s:%d  %s  %s (%s)\n           fix: %s\n", f.Severity, safetext.Name(f.File), f.Line, safetext.Name(f.Subject), safetext.Line(f.Message), name(f), safetext.Line(f.Fix))
	}
	if r.Error != nil {
		fmt.Fprintf(b, "\n%s:%d: %s: %s\nfix: %s\n", safetext.Name(r.Error.File), r.Error.Line, r.Error.Code, safetext.Line(r.Error.Message), safetext.Line(r.Error.Fix))
		for _, other := range r.Error.Others {
			fmt.Fprintf(b, "also: %s\n", safetext.Line(other))
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
	if f.ID == "" || f.ID == f.Rule { // what a check finds has the check for its rule
		return f.Rule
	}
	return f.ID + " " + f.Rule
}
