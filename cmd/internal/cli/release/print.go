package release

import (
	"context"
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// approve asks on the terminal before anything is written.
func approve(ctx context.Context, a *session.Session, yes bool) func(carry.Plan) error {
	return func(p carry.Plan) error {
		return a.Ask(ctx, fmt.Sprintf("This writes %d objects (%s) of %s to %s.", p.Objects, size(p.Bytes), p.Result.Release, p.Result.Destination), yes)
	}
}

func printResult(a *session.Session, r *carry.Result, format string, dryRun bool, next func(*carry.Result) []string) error {
	if format == "json" {
		return a.PrintJSON(r)
	}
	printFaults(a, r)
	if dryRun {
		for _, o := range r.Objects {
			fmt.Fprintf(a.Out, "%-8s %10s  %s  (%s)\n", o.State, size(o.Size), safetext.Name(o.Key), safetext.Line(o.Reason))
		}
	}
	printTransform(a, r)
	printCounts(a, r)
	printImages(a, r)
	if r.ExitCode == session.ExitOK && !dryRun {
		for _, line := range next(r) {
			fmt.Fprintln(a.Out, line)
		}
	}
	return nil
}

func printVerdict(a *session.Session, r *carry.Result, format, good string) error {
	if format == "json" {
		return a.PrintJSON(r)
	}
	printFaults(a, r)
	printImages(a, r)
	switch r.ExitCode {
	case session.ExitOK:
		fmt.Fprintf(a.Out, "%s: %d objects, every byte of them read.\n", good, len(r.Objects))
	case session.ExitFinding:
		fmt.Fprintf(a.Out, "%s in %s is not whole, or not unaltered.\n", r.Release, r.Source)
	default:
		fmt.Fprintf(a.Out, "Whether %s in %s is whole and unaltered could not be determined.\n", r.Release, r.Source)
	}
	return nil
}

func printFaults(a *session.Session, r *carry.Result) {
	for _, m := range r.Missing {
		fmt.Fprintf(a.Out, "missing  %s (%s)%s\n", safetext.Name(m.Key), safetext.Line(m.Reason), at(m.ReferencedBy))
	}
	for _, p := range r.Problems {
		fmt.Fprintf(a.Out, "mixed    %s\n", safetext.Line(p))
	}
	for _, o := range r.Objects {
		if o.State == string(s3copy.Failed) || o.State == string(s3copy.Barred) {
			fmt.Fprintf(a.Out, "%-8s %s: %s\n", o.State, safetext.Name(o.Key), safetext.Line(o.Reason))
		}
	}
	for _, key := range r.LeftOut {
		fmt.Fprintf(a.Err, "left out: %s: no part of the release; --include-extras takes what a manifest does not record\n", safetext.Name(s3copy.Quoted(key)))
	}
	for _, w := range r.Warnings {
		fmt.Fprintf(a.Err, "warning: %s\n", safetext.Line(w))
	}
}

func at(places []string) string {
	if len(places) == 0 {
		return ""
	}
	return ", which " + safetext.Name(strings.Join(places, " and ")) + " needs"
}

func printCounts(a *session.Session, r *carry.Result) {
	var parts []string
	for _, state := range []s3copy.State{s3copy.Copied, s3copy.Skipped, s3copy.Failed, s3copy.Barred, s3copy.Planned} {
		if n, bytes := r.Count(state); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s (%s)", n, state, size(bytes)))
		}
	}
	fmt.Fprintf(a.Out, "%s: %d objects from %s to %s: %s\n", r.Release, len(r.Objects), safetext.Name(r.Source), safetext.Name(r.Destination), strings.Join(parts, ", "))
}

func printImages(a *session.Session, r *carry.Result) {
	for _, i := range r.Images {
		fmt.Fprintf(a.Out, "S3 cannot carry the container image %s (%s). Carry it with:\n", safetext.Name(i.URI), safetext.Name(i.ReferencedBy))
		for _, c := range i.Commands {
			fmt.Fprintf(a.Out, "    %s\n", safetext.Name(c))
		}
	}
}

// size is a number of bytes for people.
func size(n int64) string {
	const unit = 1024
	if n < unit {
		return fmt.Sprintf("%d B", n)
	}
	value, units := float64(n)/unit, []string{"KiB", "MiB", "GiB", "TiB"}
	for value >= unit && len(units) > 1 {
		value, units = value/unit, units[1:]
	}
	return fmt.Sprintf("%.1f %s", value, units[0])
}
