package cli

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/recording"
)

// replay gives the facts that collect wrote to a file, without any call. With
// a template or parameters beside --facts, these are read anew and only the
// live facts are those of the file.
func (a *app) replay(ctx context.Context, file string, in inputFlags) (*checks.Facts, []string, error) {
	text, err := readInput(ctx, file, in.wait)
	if err != nil {
		return nil, nil, err
	}
	r, err := recording.Read(file, text)
	if err != nil {
		return nil, nil, usage(err)
	}
	recorded := r.Restore()
	a.recorded = recordedIn(file, r)
	if !in.anew() {
		return recorded, r.Notes, nil
	}
	if in.template == "" && in.releaseDir == "" {
		in.template = recorded.Run.Template
	}
	f, err := a.replayOnto(ctx, recorded, in)
	return f, r.Notes, err
}

// recordedIn is where replayed facts come from: what the checks see of it, not
// what else the head of the file may claim.
func recordedIn(file string, r *recording.Recording) *checks.Recorded {
	return &checks.Recorded{File: file, Time: r.Facts.Run.Time, Tool: r.Tool, Account: r.Facts.Run.Account}
}

// anew says that the flags name something to read, not only facts to replay.
func (i inputFlags) anew() bool {
	return i.template != "" || i.releaseDir != "" || i.parameters != "" || len(i.values) > 0 ||
		i.release != "" || i.from != "" || i.phase != "" || i.stackName != ""
}

// replayOnto joins what the flags name with the live facts of a recording.
func (a *app) replayOnto(ctx context.Context, recorded *checks.Facts, in inputFlags) (*checks.Facts, error) {
	if in.stackName == "" {
		in.stackName = recorded.Run.StackName
	}
	run, err := a.run(in)
	if err != nil {
		return nil, err
	}
	run.Time, run.Account, run.Offline, run.Endpoints = recorded.Run.Time, recorded.Run.Account, recorded.Run.Offline, recorded.Run.Endpoints
	if a.global.region == "" {
		run.Region, run.Partition = recorded.Run.Region, recorded.Run.Partition
	}
	f := &checks.Facts{Run: run}
	copyLive(f, recorded)
	detect(f, in)
	doubtRun(f, in)
	given, err := in.given(ctx)
	if err != nil {
		return nil, err
	}
	tree, err := a.readRelease(ctx, f, given, nil)
	if err != nil {
		return nil, err
	}
	if err := authorize(ctx, f, in, tree); err != nil {
		return nil, err
	}
	keepAnswers(f, recorded, in)
	return f, nil
}

// copyLive takes the live sections of a recording, with what is missing there.
func copyLive(f, recorded *checks.Facts) {
	live := checks.ReadSections()
	from, to := reflect.ValueOf(recorded).Elem(), reflect.ValueOf(f).Elem()
	for field, name := range checks.Fields(from.Type()) {
		if slices.Contains(live, name) {
			to.FieldByIndex(field.Index).Set(from.FieldByIndex(field.Index))
		}
	}
	isLive := func(fact string) bool {
		section, _, _ := strings.Cut(fact, ".")
		return slices.Contains(live, section)
	}
	for _, g := range recorded.Gaps {
		if isLive(g.Fact) {
			f.AddGap(g.Fact, g.Reason, g.Action)
		}
	}
	for _, absent := range recorded.Absent {
		if isLive(absent.Fact) {
			f.SetAbsent(absent.Fact, absent.Reason)
		}
	}
}
