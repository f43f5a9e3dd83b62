package transform

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/internal/memfiles"
	"github.com/panther-preflight/panther-preflight/transform"
)

// checkTransformed adds what the China checks still find on the result: the
// same policies that `check` runs, on the templates as they would be written.
// What the transform itself has said of the same place is not said twice.
func checkTransformed(ctx context.Context, a *session.Session, release transform.Release, result *transform.Result, region string) error {
	files, entry := resultFiles(release, result)
	e, err := input.Engine(ctx, a, input.Selection{Only: []string{"PF-CHN"}})
	if err != nil {
		return err
	}
	g, err := preflight.Gather(ctx, preflight.Request{
		Run: checks.Run{
			Time: a.Now().UTC().Format(time.RFC3339), Phase: checks.Install, Region: region, Partition: "aws-cn",
			EntryKind: checks.EntryBackend, Offline: true,
		},
		Template: preflight.Template{Files: files, Entry: entry}, Wanted: e.Needs(),
	})
	if err != nil {
		return fmt.Errorf("read the result again: %w", err)
	}
	results, err := e.Evaluate(ctx, g.Facts)
	if err != nil {
		return fmt.Errorf("check the result: %w", err)
	}
	unread := map[string]bool{}
	for _, r := range results {
		for _, found := range r.Findings {
			if cause := found.Cause.Subject; strings.HasPrefix(cause, "template:") {
				if unread[cause] {
					continue // every check says of itself that it could not look there
				}
				unread[cause] = true
			}
			result.Findings = appendNew(result.Findings, leftOver(r, found))
		}
	}
	slices.SortStableFunc(result.Findings, func(a, b transform.Finding) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.ID, b.ID))
	})
	return nil
}

// leftOver is a finding of a check as the transform reports it. One that cannot
// be told is a warning.
func leftOver(r checks.Result, f checks.Finding) transform.Finding {
	severity := string(r.Severity)
	if f.Undecided {
		severity = string(checks.SeverityWarning)
	}
	fix := f.Fix
	if f.Owner == "transform" { // which has just left it
		fix = "Change it in the source template, or remove what uses it with --remove '" + f.Subject + "'."
	}
	return transform.Finding{
		ID: r.ID, Rule: r.ID, Severity: severity, Subject: f.Subject, Message: f.Message, Fix: fix,
		File: f.File, Line: f.Line, Column: f.Column,
	}
}

func appendNew(all []transform.Finding, f transform.Finding) []transform.Finding {
	if slices.ContainsFunc(all, func(other transform.Finding) bool {
		return other.File == f.File && (other.ID == f.ID && (other.Line == f.Line || other.Subject == f.Subject || isEntry(f.ID) && other.Message == f.Message) ||
			isPlace(other.ID) && isPlace(f.ID) && other.Line == f.Line && other.Subject == f.Subject)
	}) {
		return all
	}
	return append(all, f)
}

// isEntry tells whether a check is about an entry of the template that many
// resources may use: a mapping.
func isEntry(id string) bool { return id == "PF-CHN-006" }

// isPlace tells whether a check is about where something is read from: the host
// of a URL, or the object that the URL names.
func isPlace(id string) bool { return id == "PF-CHN-004" || id == "PF-CHN-005" }

// resultFiles is the result as a file system, and the name of its entry
// template in it.
func resultFiles(release transform.Release, result *transform.Result) (memfiles.Files, string) {
	files, entry := memfiles.Files{}, release.Entry
	for _, t := range result.Templates {
		if t.From == release.Entry {
			entry = t.To
		}
		files[t.To] = t.Body
	}
	return files, entry
}
