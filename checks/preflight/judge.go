package preflight

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
	"github.com/panther-preflight/panther-preflight/checks/waivers"
)

// Gate says how findings count.
type Gate struct {
	FailOn       checks.Severity
	AllowUnknown bool
	Waivers      []waivers.Waiver
	// Known are the checks that a waiver may name, also those not selected.
	Known []checks.Meta
	// Now decides which waivers have expired. It is the day of the run, also for
	// facts that were recorded before.
	Now time.Time
	// Timings keeps how long every check took.
	Timings bool
}

// Judge evaluates complete facts and makes the report of them. A check that
// does not come back within the context's deadline is unknown.
func Judge(ctx context.Context, e *engine.Engine, g *Gathered, tool checks.Tool, gate Gate) (*checks.Report, error) {
	results, err := e.Evaluate(ctx, g.Facts)
	if err != nil {
		return nil, fmt.Errorf("evaluate the policies: %w", err)
	}
	if !gate.Timings {
		for i := range results {
			results[i].DurationMS = nil
		}
	}
	r := &checks.Report{
		SchemaVersion: checks.SchemaVersion,
		Tool:          tool,
		Target:        target(g),
		Results:       results,
		Gaps:          append([]checks.Gap{}, g.Facts.Gaps...),
		Notes:         append(regionNote(g.Facts.Run.Region), g.Notes...),
		FailOn:        gate.FailOn,
		AllowUnknown:  gate.AllowUnknown,
	}
	waived := waivers.Apply(gate.Waivers, results, r.Target, gate.Now)
	r.Notes = append(append(r.Notes, waived.Notes...), unknownWaiverIDs(gate)...)
	r.Summary = checks.Summarize(results)
	r.ExpiredWaivers = waived.Expired
	r.Causes = r.FindCauses()
	r.ExitCode = r.Verdict().ExitCode()
	if r.ExitCode == checks.ExitUnknown && gate.AllowUnknown {
		r.ExitCode = checks.ExitOK
		r.Notes = append(r.Notes, allowed(r.Undetermined()))
	}
	return r, nil
}

func target(g *Gathered) checks.Target {
	run := g.Facts.Run
	return checks.Target{
		Account: run.Account, Region: run.Region, Partition: run.Partition, StackName: run.StackName,
		Release: run.Release, From: run.From, Phase: run.Phase, Endpoints: run.Endpoints, Recorded: g.Recorded,
	}
}

// allowed says what --allow-unknown let through.
func allowed(n int) string {
	if n == 1 {
		return "--allow-unknown: 1 check could not be determined and does not count"
	}
	return fmt.Sprintf("--allow-unknown: %d checks could not be determined and do not count", n)
}

// unknownWaiverIDs warns of waivers for checks that do not exist: a misspelt id
// would otherwise wait for its check for ever.
func unknownWaiverIDs(gate Gate) []string {
	var ids, notes []string
	for _, m := range gate.Known {
		ids = append(ids, m.ID)
	}
	for _, w := range gate.Waivers {
		if slices.Contains(ids, w.ID) {
			continue
		}
		note := fmt.Sprintf("%s names no check", w)
		if best := spelling.Nearest(w.ID, ids); best != "" {
			note += "; did you mean " + best + "?"
		}
		notes = append(notes, note)
	}
	return notes
}
