package transform

import (
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"
)

// removeResource takes a resource out and reports it.
func (p *pass) removeResource(r *resource) {
	r.t.edits.Delete(r.node)
	p.change(r.t, r.node, "remove", r.gone.rule, r.gone.reason)
	p.reportRemoved(r)
}

func (p *pass) reportRemoved(r *resource) {
	retained := isLiteral(get(r.node, "DeletionPolicy"), "Retain")
	p.result.Removed = append(p.result.Removed, Removal{Subject: r.subject(), File: r.t.file, LogicalID: r.id, Type: r.typ,
		Reason: r.gone.reason, Rule: r.gone.rule, Line: r.key.Line, Retained: retained})
	if retained {
		p.warn(r.t, r.node, "retained", "%s has DeletionPolicy Retain: on an existing stack it stays behind without an owner", r.id)
	}
	p.checkStateful(r)
}

// removeDead reports the resources of templates that are no longer written
// because nothing was left in them.
func (p *pass) removeDead() {
	for _, t := range p.order {
		if slices.Contains(p.reached, t) || !t.dead() {
			continue
		}
		for _, r := range t.resources {
			p.reportRemoved(r)
		}
	}
}

// checkStateful stops where data would be deleted for the sake of something
// else. What goes for its own sake was chosen; a log group is only mentioned.
func (p *pass) checkStateful(r *resource) {
	if r.gone.seed {
		return
	}
	if r.typ == "AWS::Logs::LogGroup" {
		p.warn(r.t, r.node, "log-group", "log group %s goes with what it was for; on an existing stack its logs are deleted", r.id)
		return
	}
	if inside := statefulIn(r, map[*template]bool{}); inside != "" {
		p.fail(StatefulCascade, r.t, r.key, fmt.Sprintf("%s would go because %s; on an existing stack that deletes data", inside, r.gone.reason),
			fmt.Sprintf("change what it refers to in the source template, or accept the loss with --remove '%s'", r.subject()))
	}
}

// statefulIn names the stateful resource that goes with r. A nested stack is
// looked into unless its own resources were judged one by one.
func statefulIn(r *resource, seen map[*template]bool) string {
	if statefulTypes[r.typ] {
		return fmt.Sprintf("%s (%s)", r.subject(), r.typ)
	}
	if r.child == nil || r.child.dead() || seen[r.child] {
		return ""
	}
	seen[r.child] = true
	for _, inner := range r.child.resources {
		if inner.gone != nil && inner.gone.seed {
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
func (p *pass) checkConditions(t *template) {
	before, after := t.uses(), t.usesAfter()
	each(get(t.root, "Conditions"), func(key, v *yaml.Node) {
		if before.conditions[key.Value] && !after.conditions[key.Value] {
			return // pruned
		}
		if name := lostOperand(t, v); name != "" {
			p.fail(ConditionLostParameter, t, key, fmt.Sprintf("condition %s asks for parameter %s, which no caller can give any more: %s", key.Value, name, root(t.lost[name].reason)),
				fmt.Sprintf("give parameter %s of %s a Default in the source template, which then decides the condition", name, t.file))
		}
	})
}

func lostOperand(t *template, n *yaml.Node) string {
	if fn, ok := intrinsic(n); ok && fn.name == "Ref" && t.lost[fn.arg.Value] != nil {
		return fn.arg.Value
	}
	if fn, ok := intrinsic(n); ok && fn.name == "Fn::Sub" {
		if s, ok := readSub(fn.arg); ok {
			for _, name := range variables(s.text.Value) {
				if t.lost[name] != nil && get(s.vars, name) == nil {
					return name
				}
			}
		}
	}
	for _, c := range below(n) {
		if name := lostOperand(t, c); name != "" {
			return name
		}
	}
	return ""
}
