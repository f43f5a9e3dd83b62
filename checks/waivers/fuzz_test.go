package waivers_test

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/waivers"
)

// FuzzParse reads foreign waivers; what is taken has all that is required, and
// can be applied.
func FuzzParse(f *testing.F) {
	f.Add(good)
	f.Add("- {id: a, subject: '*', reason: r, expires: 2027-01-01, owner: o, account: 111122223333}")
	f.Add("- &a {id: *a}")
	f.Add("waivers: [")
	f.Fuzz(func(t *testing.T, text string) {
		ws, err := parse(text)
		if err != nil {
			return
		}
		for _, w := range ws {
			if w.ID == "" || w.Subject == "" || w.Reason == "" || w.Owner == "" || w.Expires.IsZero() || w.Expires.After(now.AddDate(1, 0, 0)) {
				t.Errorf("%+v", w)
			}
		}
		waivers.Apply(ws, []checks.Result{failed("PF-PRM-008", finding("x"))}, checks.Target{}, now)
	})
}
