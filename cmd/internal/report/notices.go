package report

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// notice is what a reader of every format must see before the verdict: that the
// facts were not read now, that it was not AWS that told them, and what a
// configuration changed of the gate.
type notice struct {
	label, text string
	// at is where a configuration says so; File is empty for a replay.
	at checks.Finding
}

func (n notice) String() string { return n.label + ": " + n.text }

func notices(r *checks.Report) []notice {
	var all []notice
	if recorded := r.Target.Recorded; recorded != nil {
		all = append(all, notice{label: "recorded", text: recordedText(*recorded)})
	}
	for _, endpoint := range r.Target.Endpoints {
		all = append(all, notice{label: "endpoint", text: endpoint.String()})
	}
	for _, change := range r.Gate {
		all = append(all, notice{
			label: "gate", text: fmt.Sprintf("%s (%s:%d)", change.Change, change.File, change.Line),
			at: checks.Finding{File: change.File, Line: change.Line, Column: 1},
		})
	}
	return all
}

func recordedText(r checks.Recorded) string {
	account := ""
	if r.Account != "" {
		account = " in account " + r.Account
	}
	by := strings.TrimSpace(r.Tool.Name + " " + r.Tool.Version)
	if by != "" {
		by = "by " + by + " "
	}
	return fmt.Sprintf("the facts are of %s%s, recorded %sin %s; AWS was not called", r.Time, account, by, r.File)
}

// recordedDay is the day of a recording, or whatever it claims instead of a time.
func recordedDay(r checks.Recorded) string {
	day, _, _ := strings.Cut(r.Time, "T")
	return safetext.Line(day)
}
