package waivers_test

import (
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/waivers"
)

func finding(subject string) checks.Finding { return checks.Finding{Subject: subject} }
func undecided(subject string) checks.Finding {
	return checks.Finding{Subject: subject, Undecided: true}
}

func waiverFor(id, subject string) waivers.Waiver {
	return waivers.Waiver{
		ID: id, Subject: subject, Reason: "r", Owner: "o", File: "w.yml", Line: 2,
		Expires: time.Date(2026, 12, 31, 0, 0, 0, 0, time.UTC),
	}
}

func TestWaiversAreApplied(t *testing.T) {
	target := checks.Target{Account: "111122223333", Region: "eu-west-1"}
	expires := func(w waivers.Waiver, day string) waivers.Waiver {
		w.Expires, _ = time.Parse(time.DateOnly, day)
		return w
	}
	in := func(w waivers.Waiver, account, region string) waivers.Waiver {
		w.Account, w.Region = account, region
		return w
	}
	for name, c := range map[string]struct {
		waiver   waivers.Waiver
		result   checks.Result
		status   checks.Status
		waived   int
		note     string
		expired  int
		unplaced bool
	}{
		"every finding": {waiver: waiverFor("PF-PRM-008", "parameter:*"), result: failed("PF-PRM-008", finding("parameter:A"), finding("parameter:B")), status: checks.Waived, waived: 2},
		"one of two":    {waiver: waiverFor("PF-PRM-008", "parameter:A"), result: failed("PF-PRM-008", finding("parameter:A"), finding("parameter:AB")), status: checks.Failed, waived: 1},
		"a star in the middle, and nothing else is special": {waiver: waiverFor("PF-PRM-008", "a*.c"), result: failed("PF-PRM-008", finding("abb.c"), finding("abbxc")), status: checks.Failed, waived: 1},
		"another check":            {waiver: waiverFor("PF-PRM-009", "*"), result: failed("PF-PRM-008", finding("x")), status: checks.Failed},
		"what cannot be told":      {waiver: waiverFor("PF-SCP-002", "*"), result: checks.Result{ID: "PF-SCP-002", Status: checks.Unknown, Findings: []checks.Finding{undecided("x")}}, status: checks.Waived, waived: 1},
		"an undecided one is left": {waiver: waiverFor("PF-SCP-002", "x"), result: failed("PF-SCP-002", finding("x"), undecided("y")), status: checks.Unknown, waived: 1},
		"a gap cannot be waived":   {waiver: waiverFor("PF-SCP-002", "*"), result: checks.Result{ID: "PF-SCP-002", Status: checks.Unknown, Reason: "AccessDenied"}, status: checks.Unknown},
		"a passed check is stale":  {waiver: waiverFor("PF-SCP-002", "*"), result: checks.Result{ID: "PF-SCP-002", Status: checks.Passed}, status: checks.Passed, note: "the waiver at w.yml:2 (PF-SCP-002 *) matches nothing: remove it"},
		"another subject is stale": {waiver: waiverFor("PF-SCP-002", "b"), result: failed("PF-SCP-002", finding("a")), status: checks.Failed, note: "matches nothing"},
		"a skipped check is not":   {waiver: waiverFor("PF-SCP-002", "*"), result: checks.Result{ID: "PF-SCP-002", Status: checks.Skipped}, status: checks.Skipped},
		"the last day":             {waiver: expires(waiverFor("PF-PRM-008", "*"), "2026-11-21"), result: failed("PF-PRM-008", finding("x")), status: checks.Waived, waived: 1},
		"the day after":            {waiver: expires(waiverFor("PF-PRM-008", "*"), "2026-11-20"), result: failed("PF-PRM-008", finding("x")), status: checks.Failed, note: "expired on 2026-11-20: renew it or remove it", expired: 1},
		"expired without a match":  {waiver: expires(waiverFor("PF-PRM-008", "*"), "2020-01-01"), result: checks.Result{ID: "PF-PRM-001", Status: checks.Passed}, status: checks.Passed, note: "expired on 2020-01-01", expired: 1},
		"this account and region":  {waiver: in(waiverFor("PF-PRM-008", "*"), "111122223333", "eu-west-1"), result: failed("PF-PRM-008", finding("x")), status: checks.Waived, waived: 1},
		"another account":          {waiver: in(waiverFor("PF-PRM-008", "*"), "999999999999", ""), result: failed("PF-PRM-008", finding("x")), status: checks.Failed},
		"another region":           {waiver: in(waiverFor("PF-PRM-008", "*"), "", "us-east-1"), result: failed("PF-PRM-008", finding("x")), status: checks.Failed},
		"an account not known":     {waiver: in(waiverFor("PF-PRM-008", "*"), "111122223333", ""), result: failed("PF-PRM-008", finding("x")), status: checks.Failed, note: "this run does not know its account", unplaced: true},
		"a region not known":       {waiver: in(waiverFor("PF-PRM-008", "*"), "", "eu-west-1"), result: failed("PF-PRM-008", finding("x")), status: checks.Failed, note: "this run does not know its region", unplaced: true},
	} {
		t.Run(name, func(t *testing.T) {
			where := target
			if c.unplaced {
				where = checks.Target{}
			}
			results := []checks.Result{c.result}
			out := waivers.Apply([]waivers.Waiver{c.waiver}, results, where, now)
			n := 0
			for _, f := range results[0].Findings {
				if f.Waived != nil {
					n++
				}
			}
			if results[0].Status != c.status || n != c.waived || out.Expired != c.expired {
				t.Errorf("%s, %d waived, %d expired", results[0].Status, n, out.Expired)
			}
			if notes := strings.Join(out.Notes, "\n"); !strings.Contains(notes, c.note) || (notes == "") != (c.note == "") {
				t.Errorf("notes %q, want %q", notes, c.note)
			}
		})
	}
}

func TestSomeFindingsAlwaysStay(t *testing.T) {
	for _, id := range []string{"PF-TGT-001", "PF-TGT-002", "PF-TGT-999", "PF-STK-001", "PF-STK-002", "PF-ROL-001"} {
		results := []checks.Result{failed(id, finding("x"))}
		out := waivers.Apply([]waivers.Waiver{waiverFor(id, "*")}, results, checks.Target{}, now)
		if results[0].Status != checks.Failed || results[0].Findings[0].Waived != nil {
			t.Errorf("%s is waived", id)
		}
		if len(out.Notes) != 1 || !strings.Contains(out.Notes[0], id+" cannot be waived") {
			t.Errorf("%s: %q", id, out.Notes)
		}
	}
	for _, id := range []string{"PF-STK-003", "PF-STK-0010", "PF-ROL-002", "XX-TGT-001"} {
		results := []checks.Result{failed(id, finding("x"))}
		if waivers.Apply([]waivers.Waiver{waiverFor(id, "*")}, results, checks.Target{}, now); results[0].Status != checks.Waived {
			t.Errorf("%s is not waived", id)
		}
	}
}

func TestTheFirstOfTwoWaiversIsNamed(t *testing.T) {
	first, second := waiverFor("PF-PRM-008", "a*"), waiverFor("PF-PRM-008", "ab")
	second.Reason = "another"
	results := []checks.Result{failed("PF-PRM-008", finding("ab"))}
	out := waivers.Apply([]waivers.Waiver{first, second}, results, checks.Target{}, now)
	if w := results[0].Findings[0].Waived; w == nil || w.Reason != "r" || w.Expires != "2026-12-31" || len(out.Notes) != 0 {
		t.Errorf("%+v %q", w, out.Notes)
	}
}

func failed(id string, fs ...checks.Finding) checks.Result {
	return checks.Result{ID: id, Status: checks.Failed, Severity: checks.SeverityError, Findings: fs}
}
