package diagnose

import (
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/panther-preflight/panther-preflight/checks/diagnose"
	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

func diagnosisText(d *diagnose.Diagnosis) string {
	var b strings.Builder
	name := events.NameOf(d.Stack)
	if name == "" {
		name = "the deployment"
	}
	headline(&b, d, name)
	if d.Cause != nil {
		w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
		for _, p := range d.Path {
			safetext.Fprintf(w, "  %s\t%s\t%s\t%s\n", p.Time, p.Subject, p.Type, p.Status)
		}
		w.Flush()
		fmt.Fprintln(&b)
		causeText(&b, d.Cause)
		for i, c := range d.Causes[1:] {
			safetext.Fprintf(&b, "\n  cause %d of %d, at the same time: %s\n", i+2, len(d.Causes), c.Subject)
			causeText(&b, c)
		}
	}
	if d.Rollback != nil {
		rollbackText(&b, d.Rollback)
	}
	for _, p := range d.LeftOver {
		safetext.Fprintf(&b, "\n  left over: %s could not be deleted: %s\n", p.Subject, p.Reason)
	}
	for _, n := range d.Get {
		safetext.Fprintf(&b, "\n  missing %s\n    %s\n", n.What, n.Command)
	}
	if n := len(d.Cascade); n > 0 {
		safetext.Fprintf(&b, "\n  cancelled because of it: %d\n", n)
	}
	return b.String()
}

func headline(b *strings.Builder, d *diagnose.Diagnosis, name string) {
	switch {
	case !d.Failed():
		safetext.Fprintf(b, "%s: the last deployment did not fail\n", name)
	case d.Cause == nil:
		safetext.Fprintf(b, "%s: the rollback failed\n", name)
	case d.Cause.Known:
		safetext.Fprintf(b, "%s failed because of %s: %s\n\n", name, d.Cause.Subject, d.Cause.What)
	case d.Cause.Reason == "" || len(d.Missing) > 0 && d.Cause.Entry == "" && d.Cause.Action == "" && d.Cause.Type == events.StackType:
		safetext.Fprintf(b, "%s failed; why cannot be told from these events\n\n", name)
	default:
		safetext.Fprintf(b, "%s failed because of %s; the cause is not known\n\n", name, d.Cause.Subject)
	}
}

func causeText(b *strings.Builder, c *diagnose.Cause) {
	line := func(key, text string) {
		if text != "" {
			safetext.Fprintf(b, "  %-9s %s\n", key, text)
		}
	}
	line("reason", c.Reason)
	line("denied", strings.TrimSpace(c.Principal+" "+c.Action))
	line("policy", strings.TrimSpace(c.Layer+" "+c.Policy))
	check := c.Check
	switch {
	case check != "":
		check += " would have found it before the deployment"
	case c.PlannedCheck != "":
		check = c.PlannedCheck + " is planned to find it; this version does not yet"
	case c.Known:
		check = "none of this version's checks finds it before a deployment"
	}
	if len(c.Related) > 0 && check != "" {
		check += " (see also " + strings.Join(c.Related, ", ") + ")"
	}
	line("check", check)
	if c.Recording != nil {
		line("now", recordingText(c.Recording))
	}
	line("fix", c.Remediation)
	line("see", c.Source)
	for _, p := range c.Same {
		line("same for", p.Subject)
	}
}

// recordingText says whether recorded facts show the cause now.
func recordingText(r *diagnose.Recording) string {
	switch {
	case len(r.Findings) > 0:
		return fmt.Sprintf("%s shows it: %s", r.File, strings.Join(r.Findings, "; "))
	case r.Reason != "":
		return fmt.Sprintf("%s does not show it: %s is %s (%s)", r.File, r.Check, r.Status, r.Reason)
	}
	return fmt.Sprintf("%s does not show it: %s is %s", r.File, r.Check, r.Status)
}

func rollbackText(b *strings.Builder, r *diagnose.Rollback) {
	safetext.Fprintf(b, "\n  the rollback failed too:\n")
	for _, c := range r.Causes {
		safetext.Fprintf(b, "  %s\n", c.Subject)
		causeText(b, c)
	}
	safetext.Fprintf(b, "  %-9s %s\n  %-9s %s\n", "go on", r.Command, "meaning", r.Meaning)
}
