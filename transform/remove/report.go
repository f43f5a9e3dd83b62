package remove

import (
	"fmt"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// removeResource takes a resource out and reports it.
func (p *run) removeResource(r *plan.Resource) {
	r.Template.Edits.Delete(r.Node)
	p.Change(r.Template, r.Node, "remove", r.Gone.Rule, r.Gone.Reason)
	p.reportRemoved(r)
}

func (p *run) reportRemoved(r *plan.Resource) {
	retained := r.Node.Get("DeletionPolicy").Is("Retain")
	p.removed = append(p.removed, plan.Removal{Subject: r.Subject(), File: r.Template.File, LogicalID: r.ID, Type: r.Type,
		Reason: r.Gone.Reason, Rule: r.Gone.Rule, Line: r.Key.Pos.Line, Retained: retained})
	if retained {
		p.Warn(r.Template, r.Node, "retained", "%s has DeletionPolicy Retain: on an existing stack it stays behind without an owner", r.ID)
	}
	p.checkStateful(r)
}

// removeDead reports the resources of templates that are no longer written
// because nothing was left in them.
func (p *run) removeDead() {
	for _, t := range p.Order {
		if slices.Contains(p.Reached, t) || !t.Dead() {
			continue
		}
		for _, r := range t.Resources {
			p.reportRemoved(r)
		}
	}
}

// checkStateful stops where data would be deleted for the sake of something
// else. What goes for its own sake was chosen; a log group is only mentioned.
func (p *run) checkStateful(r *plan.Resource) {
	if r.Gone.Direct {
		return
	}
	if r.Type == "AWS::Logs::LogGroup" {
		p.Warn(r.Template, r.Node, "log-group", "log group %s goes with what it was for; on an existing stack its logs are deleted", r.ID)
		return
	}
	if inside := statefulIn(r, map[*plan.Template]bool{}); inside != "" {
		p.Fail(plan.StatefulCascade, r.Template, r.Key, fmt.Sprintf("%s would go because %s; on an existing stack that deletes data", inside, r.Gone.Reason),
			fmt.Sprintf("change what it refers to in the source template, or accept the loss with --remove '%s'", r.Subject()))
	}
}

// statefulIn names the stateful resource that goes with r. A nested stack is
// looked into unless its own resources were judged one by one.
func statefulIn(r *plan.Resource, seen map[*plan.Template]bool) string {
	if statefulTypes[r.Type] {
		return fmt.Sprintf("%s (%s)", r.Subject(), r.Type)
	}
	if r.Child == nil || r.Child.Dead() || seen[r.Child] {
		return ""
	}
	seen[r.Child] = true
	for _, inner := range r.Child.Resources {
		if inner.Gone != nil && inner.Gone.Direct {
			continue
		}
		if found := statefulIn(inner, seen); found != "" {
			return found
		}
	}
	return ""
}

// checkConditions stops where a condition asks for a parameter that is lost:
// to guess its answer could turn behaviour around.
func (p *run) checkConditions(t *plan.Template) {
	before, after := usesOf(t), usesAfter(t)
	for _, e := range t.Root.Get("Conditions").Pairs() {
		key := plan.KeyOf(e)
		v := e.Value
		if before.conditions[e.Key] && !after.conditions[e.Key] {
			return // pruned
		}
		if name := lostOperand(t, v); name != "" {
			p.Fail(plan.ConditionLostParameter, t, key, fmt.Sprintf("condition %s asks for parameter %s, which no caller can give any more: %s", e.Key, name, root(t.Lost[name].Reason)),
				fmt.Sprintf("give parameter %s of %s a Default in the source template, which then decides the condition", name, t.File))
		}
	}
}

func lostOperand(t *plan.Template, n *cfn.Node) string {
	for r := range cfn.References(n) {
		if r.Kind == cfn.ToRef && t.Lost[r.Name] != nil {
			return r.Name
		}
	}
	return ""
}
