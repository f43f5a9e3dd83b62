package present

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/transform"
)

const context = 3

// Diff writes a unified diff of every template that changed.
func Diff(w io.Writer, r *transform.Result, _ Options) error {
	b := bufio.NewWriter(w)
	if r.Error != nil {
		fmt.Fprintf(b, "# %s\n", safetext.Line(r.Error.Error()))
	}
	for _, t := range r.Templates {
		if string(t.Before) == string(t.Body) && t.From == t.To {
			continue
		}
		fmt.Fprintf(b, "--- a/%s\n+++ b/%s\n", safetext.Name(t.From), safetext.Name(t.To))
		before, after := lines(string(t.Before)), lines(string(t.Body))
		for _, h := range hunks(compare(before, after)) {
			h.write(b)
		}
	}
	return b.Flush()
}

func lines(text string) []string {
	list := strings.SplitAfter(text, "\n")
	if list[len(list)-1] == "" {
		list = list[:len(list)-1]
	}
	return list
}

// step is one line of the comparison: kept ' ', removed '-' or added '+'.
type step struct {
	kind byte
	line string
	a, b int // lines before it on each side
}

type hunk []step

func (h hunk) write(w io.Writer) {
	var a, b int
	for _, s := range h {
		if s.kind != '+' {
			a++
		}
		if s.kind != '-' {
			b++
		}
	}
	fmt.Fprintf(w, "@@ -%s +%s @@\n", span(h[0].a, a), span(h[0].b, b))
	for _, s := range h {
		fmt.Fprintf(w, "%c%s", s.kind, s.line)
		if !strings.HasSuffix(s.line, "\n") {
			fmt.Fprint(w, "\n\\ No newline at end of file\n")
		}
	}
}

func span(start, n int) string {
	switch n {
	case 0:
		return fmt.Sprintf("%d,0", start)
	case 1:
		return fmt.Sprint(start + 1)
	}
	return fmt.Sprintf("%d,%d", start+1, n)
}

// hunks groups the steps that differ with a few lines around them.
func hunks(steps []step) []hunk {
	var out []hunk
	for i := 0; i < len(steps); i++ {
		if steps[i].kind == ' ' {
			continue
		}
		start := max(0, i-context)
		end := i
		for j := i; j < len(steps) && j <= end+2*context; j++ {
			if steps[j].kind != ' ' {
				end = j
			}
		}
		stop := min(len(steps), end+context+1)
		out = append(out, steps[start:stop])
		i = stop - 1
	}
	return out
}
