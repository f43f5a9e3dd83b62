package check

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/report"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// target is one environment of a run over several.
type target struct {
	name  string
	app   *session.Session
	flags *Flags
}

// checkSeveral judges one environment after the other, each as a run of its own
// would, and writes one report. One that cannot be judged is a row that says
// why, and the others are judged all the same.
func checkSeveral(ctx context.Context, a *session.Session, cmd *cobra.Command, c *Flags) error {
	if c.example {
		return session.Usage(errors.New("--example has one deployment of its own; it takes no environments"))
	}
	outputs, err := Outputs(a, c.Formats)
	if err != nil {
		return err
	}
	targets, err := prepareTargets(a, cmd)
	if err != nil {
		return err
	}
	compiled, opened := newEngines(), input.NewReleases()
	var rows []checks.TargetRow
	var reports []checks.Report
	var drawn []report.Options
	for _, t := range targets {
		t.flags.Input.Opened = opened
		r, options, err := t.judge(ctx, compiled)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			rows = append(rows, t.unjudged(a, err))
			continue
		}
		r.Environment = t.name
		rows = append(rows, checks.TargetRow{
			Environment: t.name, Target: r.Target, ExitCode: r.ExitCode, Summary: r.Summary, Causes: len(r.Causes),
		})
		reports, drawn = append(reports, *r), append(drawn, options)
	}
	f := checks.NewFleet(session.Tool(), rows, reports)
	outputs.quiet = c.quiet
	if err := outputs.write(ctx, report.Options{Unfold: c.details}, severalOf(f, drawn)); err != nil {
		return err
	}
	a.Exit = f.ExitCode
	return nil
}

// severalOf draws the report of several targets.
func severalOf(f *checks.Fleet, drawn []report.Options) drawing {
	return func(format string, w io.Writer, o report.Options) error {
		return report.Several(format, w, f, drawn, o)
	}
}

// prepareTargets reads the flags of all targets before one is judged: a
// configuration that is wrong is no result of a target.
func prepareTargets(a *session.Session, cmd *cobra.Command) ([]target, error) {
	var all []target
	for _, name := range a.Targets {
		one := a.For(name)
		own, flags := command(one)
		if err := one.Follow(own, cmd); err != nil {
			return nil, err
		}
		if err := flags.prepare(own.Flags()); err != nil {
			return nil, fmt.Errorf("environment %s: %w", name, err)
		}
		all = append(all, target{name, one, flags})
	}
	return all, nil
}

// judge is the run of one target. A fault of the program is that of the target,
// and hides no other.
func (t target) judge(ctx context.Context, compiled *engines) (r *checks.Report, o report.Options, err error) {
	defer func() {
		if fault := recover(); fault != nil {
			fmt.Fprintf(t.app.Err, "panther-preflight: environment %s: %s\n", t.name, session.ErrorText(parallel.FaultOf(fault).Error()))
			err = errors.New("internal error")
		}
	}()
	return judged(ctx, t.app, t.flags, compiled)
}

// unjudged is the row of a target that has no report, which stderr names too.
func (t target) unjudged(a *session.Session, err error) checks.TargetRow {
	fmt.Fprintf(a.Err, "panther-preflight: environment %s: %s\n", t.name, session.ErrorText(err.Error()))
	code := session.ExitCode(err)
	if checks.WorstExitCode([]int{code}) != code || code == checks.ExitOK {
		code = checks.ExitInternal
	}
	where := t.flags.Input
	return checks.TargetRow{
		Environment: t.name, ExitCode: code, Error: err.Error(),
		Target: checks.Target{Region: t.app.Global.Region, StackName: where.StackName, Release: where.Release},
	}
}
