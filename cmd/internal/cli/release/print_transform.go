package release

import (
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/transform"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
)

// printTransform says what the transform did.
func printTransform(a *session.Session, r *carry.Result) {
	result, ok := r.Transform.(*transform.Result)
	if !ok {
		return
	}
	changed := 0
	for _, t := range result.Templates {
		if t.From != t.To || string(t.Before) != string(t.Body) {
			changed++
		}
	}
	fmt.Fprintf(a.Out, "Transformed for AWS China: %d of %d templates changed, %d resources removed, %d values respelt, %d findings\n",
		changed, len(result.Templates), len(result.Removed), len(result.Rewritten), len(result.Findings))
	for _, f := range result.Findings {
		fmt.Fprintf(a.Out, "  %s %s: %s\n", f.ID, safetext.Name(f.Subject), safetext.Line(f.Message))
	}
	if len(result.Changes) > 0 {
		fmt.Fprintln(a.Out, "  every change with its reason: panther-preflight transform --plan")
	}
}
