package diagnose

import (
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// failed reports whether the event says that something failed. A warning is
// none, whatever it warns of.
func failed(e events.Event) bool {
	switch {
	case e.Call != nil:
		return true
	case e.Validation.Status == "FAILED" && e.Status == "":
		return e.Validation.Mode != "WARN"
	case strings.HasSuffix(e.Status, "_FAILED"):
		return true
	case e.Status == "" && e.Reason != "" && e.Hook.Status == "":
		// Reasons alone, as a query prints them.
		return true
	}
	// A stack that rolls back for a reason of its own, not for a resource's.
	return e.OfStack() && rollsBack(e.Status) && e.Reason != "" && !followed(e.Reason) && !initiated(e.Reason)
}

func rollsBack(status string) bool {
	return status == "ROLLBACK_IN_PROGRESS" || status == "UPDATE_ROLLBACK_IN_PROGRESS" || status == "IMPORT_ROLLBACK_IN_PROGRESS"
}

func initiated(reason string) bool { return strings.EqualFold(reason, "User Initiated") }

// stopped reports whether somebody stopped the operation of the stack.
func stopped(e events.Event) bool {
	return e.OfStack() && rollsBack(e.Status) && (initiated(e.Reason) || strings.Contains(strings.ToLower(e.Reason), "cancelled by user"))
}

// hookFailed reports whether a hook refused the resource, and did not only warn.
func hookFailed(e events.Event) bool {
	return strings.HasSuffix(e.Hook.Status, "_FAILED") && e.Hook.Mode != "WARN"
}

var cancellation = regexp.MustCompile(`(?i)\b(?:creation|update|deletion|operation) (?:was )?cancell?ed\b`)

// cancelled tells a resource that was stopped because another one failed.
func cancelled(reason string) bool {
	return cancellation.MatchString(reason) && !strings.Contains(reason, "time exceeded")
}

var (
	listed   = regexp.MustCompile(`^The following resource\(s\) failed to \w+: \[`)
	embedded = regexp.MustCompile(`^Embedded stack (arn:\S+) (.*)$`)
	inner    = regexp.MustCompile(`(?: with reason: |: )(.+)$`)
)

// followed tells a reason that only says that something below failed.
func followed(reason string) bool {
	if listed.MatchString(reason) || cancelled(reason) {
		return true
	}
	m := embedded.FindStringSubmatch(reason)
	if m == nil {
		return false
	}
	why := inner.FindStringSubmatch(m[2])
	return why == nil || listed.MatchString(why[1])
}

// blamed are the logical ids that a stack's own event names as failed.
func blamed(reason string) []string {
	if !listed.MatchString(reason) {
		return nil
	}
	_, list, _ := strings.Cut(reason, "[")
	list, _, _ = strings.Cut(list, "]")
	return strings.FieldsFunc(list, func(r rune) bool { return r == ',' || r == ' ' })
}
