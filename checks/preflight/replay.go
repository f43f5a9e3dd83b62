package preflight

import (
	"context"
	"reflect"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/recording"
)

// Recorded are the facts of a recording as they are. File is how the report
// names it: what the head of a file claims beside its facts is not repeated.
func Recorded(file string, r *recording.Recording) *Gathered {
	return withoutCredentials(&Gathered{Facts: r.Restore(), Notes: r.Notes, Recorded: &checks.Recorded{
		File: file, Time: r.Facts.Run.Time, Tool: r.Tool, Account: r.Facts.Run.Account,
	}})
}

// Replay reads a release anew and joins it with the account's facts of a
// recording. It makes no call: of the request it takes no Account.
func Replay(ctx context.Context, recorded *Gathered, r Request) (*Gathered, error) {
	f := &checks.Facts{Run: r.Run, Wanted: r.Wanted}
	copyLive(f, recorded.Facts)
	completeRun(f, r)
	tree, notes, err := readReleases(ctx, f, r, nil)
	if err != nil {
		return nil, err
	}
	if err := authorize(f, r.Policies, tree); err != nil {
		return nil, err
	}
	keepAnswers(f, recorded.Facts, r.Policies)
	return withoutCredentials(&Gathered{Facts: f, Notes: append(replayedNotes(recorded.Notes, f, r.Policies), notes...), Recorded: recorded.Recorded}), nil
}

// replayedNotes are the notes of a recording, with that on where the policies of
// the organization come from replaced where others are judged.
func replayedNotes(notes []string, f *checks.Facts, p Policies) []string {
	kept := slices.Clone(notes)
	if p.Organization == nil {
		return kept
	}
	kept = slices.DeleteFunc(kept, func(note string) bool { return strings.HasPrefix(note, organizationNoteBegins) })
	return append(kept, organizationNote(f, p)...)
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
		section, _, _ = strings.Cut(section, "[") // as in inventory[AWS::SQS::Queue]
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
