package preflight

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/engine"
	"github.com/panther-preflight/panther-preflight/policies"
)

// PreviewChecks are the checks whose findings a preview shows as decisions.
var PreviewChecks = []string{"PF-UPG-009", "PF-UPG-010"}

// Preview lays out what an upgrade does: the counts, what the checks on the
// changes find, and every change by its stack.
func Preview(ctx context.Context, e *engine.Engine, g *Gathered, tool checks.Tool) (*checks.Preview, error) {
	results, err := e.Evaluate(ctx, g.Facts)
	if err != nil {
		return nil, fmt.Errorf("evaluate the policies: %w", err)
	}
	holds, err := readHoldings()
	if err != nil {
		return nil, err
	}
	f := g.Facts
	p := &checks.Preview{
		SchemaVersion: checks.SchemaVersion, Tool: tool, Target: target(g), Template: f.Run.Template, DeployedTemplate: f.Changes.Template,
		Decisions: []checks.PreviewDecision{}, Stacks: []checks.PreviewStack{}, Exports: listed(f.Changes.Exports), Unread: listed(f.Changes.Unread),
		Notes: listed(g.Notes),
	}
	for i := range p.Exports {
		p.Exports[i].Importers = listed(p.Exports[i].Importers)
	}
	decide(p, results)
	at := map[string]int{}
	for _, c := range f.Changes.Resources {
		i, known := at[c.Stack]
		if !known {
			i = len(p.Stacks)
			at[c.Stack] = i
			p.Stacks = append(p.Stacks, checks.PreviewStack{Path: c.Stack})
		}
		c.Properties, c.Conflicts = listed(c.Properties), listed(c.Conflicts)
		one := checks.PreviewChange{Change: c, Holds: holds[c.Type]}
		p.Stacks[i].Resources = append(p.Stacks[i].Resources, one)
		countChange(&p.Stacks[i].Counts, one)
		countChange(&p.Counts, one)
	}
	p.Counts.Unchanged = f.Changes.Unchanged
	return p, nil
}

// listed is a list that JSON writes as one when it is empty.
func listed[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// decide takes over the findings. Certain ones block; what could not be told
// leaves the answer open.
func decide(p *checks.Preview, results []checks.Result) {
	for _, r := range results {
		for _, f := range r.Findings {
			p.Decisions = append(p.Decisions, checks.PreviewDecision{
				ID: r.ID, Certain: !f.Undecided, Subject: f.Subject, Message: f.Message, Fix: f.Fix, File: f.File, Line: f.Line,
			})
		}
		switch {
		case r.Status == checks.Failed:
			p.ExitCode = checks.ExitFinding
		case r.Status == checks.Unknown && p.ExitCode == 0:
			p.ExitCode = checks.ExitUnknown
		}
	}
}

// countChange adds one change. A move is counted where the resource arrives.
func countChange(c *checks.ChangeCounts, r checks.PreviewChange) {
	if !r.Certain {
		countPerhaps(&c.Perhaps, r.Action)
		return
	}
	data := 0
	if r.Holds != "" && r.Fate == "deleted" {
		data = 1
	}
	switch r.Action {
	case checks.ChangeCreated:
		c.Created++
		if r.MovedFrom != "" {
			c.Moved++
		}
	case checks.ChangeUpdated:
		c.Updated++
	case checks.ChangeInterrupted:
		c.Interrupted++
	case checks.ChangeReplaced:
		c.Replaced++
		c.ReplacedData += data
	case checks.ChangeDeleted:
		c.Deleted++
		c.DeletedData += data
	case checks.ChangeRetained:
		c.Retained++
	case checks.ChangeRefused:
		c.Refused++
	}
}

func countPerhaps(p *checks.PerhapsChanged, action string) {
	switch action {
	case checks.ChangeCreated:
		p.Created++
	case checks.ChangeReplaced:
		p.Replaced++
	case checks.ChangeDeleted, checks.ChangeRetained:
		p.Deleted++
	case checks.ChangeRefused:
		p.Refused++
	default:
		p.Updated++
	}
}

// readHoldings are the types that hold data, with what they hold.
func readHoldings() (map[string]string, error) {
	text, err := policies.Files.ReadFile("data/holdings.json")
	if err != nil {
		return nil, fmt.Errorf("read policy data: %w", err)
	}
	var d struct {
		Types []struct{ Type, Holds string }
	}
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, fmt.Errorf("read policy data: holdings.json: %w", err)
	}
	out := map[string]string{}
	for _, t := range d.Types {
		out[t.Type] = t.Holds
	}
	return out, nil
}
