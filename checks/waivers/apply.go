package waivers

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/glob"
)

// Outcome is what applying waivers came to.
type Outcome struct {
	// Notes say what a reader must know about the waivers themselves.
	Notes []string
	// Expired counts those past their day; one is enough to fail the run.
	Expired int
}

// unwaivable are the checks and areas whose findings always stay.
var unwaivable = []string{"PF-TGT", "PF-STK-001", "PF-STK-002", "PF-ROL-001"}

// Apply marks the findings that a waiver excuses, and settles the status of
// results all of whose findings are excused. A waiver for a check that came to no
// verdict is not stale.
func Apply(ws []Waiver, results []checks.Result, target checks.Target, now time.Time) Outcome {
	var out Outcome
	for _, w := range ws {
		expired := !now.Before(w.Expires.AddDate(0, 0, 1))
		if expired {
			out.Expired++
			out.Notes = append(out.Notes, fmt.Sprintf("%s expired on %s: renew it or remove it", w, w.Expires.Format(dateForm)))
			continue
		}
		if unknown := w.narrowsUnknown(target); unknown != "" {
			out.Notes = append(out.Notes, fmt.Sprintf("%s has no effect: it is for one %s, and this run does not know its %s", w, unknown, unknown))
			continue
		}
		if !w.aimsAt(target) {
			continue
		}
		matched, held, ran := w.apply(results)
		switch {
		case held:
			out.Notes = append(out.Notes, fmt.Sprintf("%s has no effect: %s cannot be waived", w, w.ID))
		case ran && !matched:
			out.Notes = append(out.Notes, fmt.Sprintf("%s matches nothing: remove it", w))
		}
	}
	for i := range results {
		settle(&results[i])
	}
	return out
}

// narrowsUnknown is what the waiver is narrowed to and the run does not know:
// a waiver is not stretched to an account that may be another.
func (w Waiver) narrowsUnknown(target checks.Target) string {
	switch {
	case w.Account != "" && target.Account == "":
		return "account"
	case w.Region != "" && target.Region == "":
		return "region"
	}
	return ""
}

func (w Waiver) aimsAt(target checks.Target) bool {
	return (w.Account == "" || w.Account == target.Account) && (w.Region == "" || w.Region == target.Region)
}

// apply reports whether the waiver matched a finding, whether it was for one
// that cannot be waived, and whether its check came to a verdict at all.
func (w Waiver) apply(results []checks.Result) (matched, held, ran bool) {
	for i := range results {
		r := &results[i]
		if r.ID != w.ID {
			continue
		}
		ran = ran || r.Status != checks.Skipped && (r.Status != checks.Unknown || len(r.Findings) > 0)
		for j := range r.Findings {
			f := &r.Findings[j]
			if !glob.Match(w.Subject, f.Subject) {
				continue
			}
			matched = true
			if !Waivable(r.ID) {
				held = true
			} else if f.Waived == nil {
				f.Waived = w.stated()
			}
		}
	}
	return matched, held, ran
}

// Waivable says whether findings of a check may be waived at all.
func Waivable(id string) bool {
	return !slices.ContainsFunc(unwaivable, func(u string) bool { return id == u || strings.HasPrefix(id, u+"-") })
}

func settle(r *checks.Result) {
	if len(r.Findings) == 0 {
		return
	}
	open := 0
	decided := false
	for _, f := range r.Findings {
		if f.Waived == nil {
			open++
			decided = decided || !f.Undecided
		}
	}
	switch {
	case open == 0:
		r.Status, r.Reason = checks.Waived, ""
	case !decided && r.Status == checks.Failed:
		// What is left open cannot be told, and what failed is excused.
		r.Status = checks.Unknown
	}
}
