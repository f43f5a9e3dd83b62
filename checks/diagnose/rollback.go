package diagnose

import (
	"fmt"
	"slices"
	"strings"
)

// Rollback says why a rollback failed, and the way on.
type Rollback struct {
	Causes []*Cause `json:"causes"`
	// Command continues; Skip are the resources that it passes over.
	Command string   `json:"command"`
	Skip    []string `json:"skip"`
	Meaning string   `json:"meaning"`
}

// undoing is nil where the rollback did not fail.
func (w *walk) undoing(j judge) *Rollback {
	if len(w.rollback) == 0 {
		return nil
	}
	r := &Rollback{Causes: j.causes(w.rollback), Skip: []string{}}
	name := j.root
	if name == "" {
		name = "NAME"
	}
	if w.deletesEverything() {
		r.Command = "aws cloudformation delete-stack --stack-name " + name
		r.Meaning = "A stack whose creation was rolled back cannot be updated. Delete it, after what blocked the rollback is gone; --retain-resources leaves the resources that still cannot be deleted behind."
		return r
	}
	for _, f := range w.rollback {
		id := f.LogicalID
		if len(f.path) > 0 {
			id = nameOf(f.Event) + "." + f.LogicalID
		}
		if f.OfStack() || f.LogicalID == "" || f.hidden || slices.Contains(r.Skip, id) {
			continue
		}
		r.Skip = append(r.Skip, id)
	}
	r.Command = "aws cloudformation continue-update-rollback --stack-name " + name
	if len(r.Skip) > 0 {
		r.Command += " --resources-to-skip " + strings.Join(r.Skip, " ")
	}
	r.Meaning = "First fix what the rollback failed on and continue without skipping. A skipped resource is marked UPDATE_COMPLETE as it is, whatever the old template says: bring it in line with the template before the next update, or that fails too."
	return r
}

// deletesEverything tells the rollback of a creation, which deletes, from that
// of an update, which restores.
func (w *walk) deletesEverything() bool {
	for _, e := range slices.Backward(w.op.events) {
		switch {
		case !e.OfStack():
		case strings.HasPrefix(e.Status, "UPDATE_ROLLBACK"):
			return false
		case strings.HasPrefix(e.Status, "ROLLBACK"):
			return true
		}
	}
	return !slices.ContainsFunc(w.rollback, func(f failure) bool { return strings.HasPrefix(f.Status, "UPDATE") })
}

// Need is something that is missing, and the command that gets it.
type Need struct {
	What    string `json:"what"`
	Command string `json:"command"`
}

// command reads all events of a stack.
func command(stack, region string) string {
	if stack == "" || !strings.HasPrefix(stack, "arn:") && strings.ContainsAny(stack, "/\\. ") {
		stack = "NAME"
	}
	text := "aws cloudformation describe-stack-events --stack-name " + stack
	if region != "" && !strings.HasPrefix(stack, "arn:") {
		text += " --region " + region
	}
	return text + " --output json"
}

// needs names what the events do not tell, once each.
func needs(d *Diagnosis, w *walk, j judge) []Need {
	var list []Need
	for _, id := range d.Missing {
		list = append(list, Need{fmt.Sprintf("the events of %s; an earlier cause may be there", id), command(id, j.region)})
	}
	if d.Cause == nil {
		return list
	}
	f := w.causes[0]
	var lacks []string
	for what, absent := range map[string]bool{
		"the reason": d.Cause.Reason == "", "the logical id": f.LogicalID == "", "the resource type": f.Type == "", "the time": f.Time.IsZero(),
	} {
		if absent {
			lacks = append(lacks, what)
		}
	}
	slices.Sort(lacks)
	if len(lacks) > 0 && !f.hidden {
		stack := f.StackID
		if !strings.HasPrefix(stack, "arn:") && j.root != "" {
			stack = j.root
		}
		list = append(list, Need{strings.Join(lacks, ", ") + " of the failed event", command(stack, j.region)})
	}
	return list
}
