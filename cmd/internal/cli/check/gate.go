package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/config"
)

// gateChanges are what the configuration changed of the gate in this run, by
// their lines. What the command line says is no news to whoever wrote it.
func gateChanges(a *session.Session, s input.Selection, results []checks.Result) []checks.GateChange {
	var all []checks.GateChange
	for _, setting := range a.Settings {
		if change := gateChange(a, setting, s); change != "" {
			file, line := setting.Place()
			all = append(all, checks.GateChange{Key: setting.Key.Name, Change: change, File: file, Line: line})
		}
	}
	if len(a.Waivers) > 0 {
		all = append(all, checks.GateChange{
			Key: "waivers", Change: waiving(len(a.Waivers), results),
			File: a.Configuration.Source.Name, Line: a.Configuration.WaiversLine,
		})
	}
	slices.SortStableFunc(all, func(x, y checks.GateChange) int { return cmp.Compare(x.Line, y.Line) })
	return all
}

// gateChange words what a setting changed, empty for what is the default or
// changes nothing of the gate.
func gateChange(a *session.Session, setting config.Setting, s input.Selection) string {
	values := strings.Join(setting.Values, ", ")
	isTrue := setting.Is(true)
	switch setting.Key.Name {
	case "only":
		return notSelected(count(a.Known, func(m checks.Meta) bool { return !preflight.Selects(s.Only, m) }))
	case "skip":
		return notSelected(count(a.Known, func(m checks.Meta) bool {
			return preflight.Selects(s.Skip, m) && (len(s.Only) == 0 || preflight.Selects(s.Only, m))
		}))
	case "fail-on":
		if values == string(checks.SeverityWarning) {
			return "warnings block as errors do"
		}
	case "allow-unknown":
		if isTrue {
			return "checks that could not be determined do not block"
		}
	case "offline":
		if isTrue {
			return "no AWS call is made"
		}
	case "policy":
		return "custom policies are read from " + values
	case "scp-dir":
		return "organization policies are read from " + values
	case "deployment-role-policy":
		return "policies of the deployment role are read from " + values
	}
	return ""
}

func notSelected(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 check not selected"
	}
	return fmt.Sprintf("%d checks not selected", n)
}

// waiving says how many findings the waivers excuse.
func waiving(waivers int, results []checks.Result) string {
	findings := 0
	for _, r := range results {
		findings += count(r.Findings, func(f checks.Finding) bool { return f.Waived != nil })
	}
	plural := func(n int, word string) string {
		if n == 1 {
			return "1 " + word
		}
		return fmt.Sprintf("%d %ss", n, word)
	}
	return plural(findings, "finding") + " waived by " + plural(waivers, "waiver")
}

func count[T any](all []T, is func(T) bool) int {
	n := 0
	for _, one := range all {
		if is(one) {
			n++
		}
	}
	return n
}
