package catalogue

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/reason"
)

// Subject is the wording as a failed event would give it.
func (w Wording) Subject() Subject {
	status := w.Status
	if status == "" {
		status = "CREATE_FAILED"
	}
	about := reason.About{Type: w.Type, LogicalID: "Thing"}
	return Subject{
		Reason: reason.Parse(w.Reason, about), Type: w.Type, LogicalID: about.LogicalID, RootStack: w.Stack, Region: w.Region, Doing: Doing(status),
	}
}

// Doing is what was being done to a resource by the status that it has.
func Doing(status string) string {
	verb, _, _ := strings.Cut(strings.ToLower(status), "_")
	switch verb {
	case "create", "update", "delete", "import":
		return verb
	}
	return ""
}
