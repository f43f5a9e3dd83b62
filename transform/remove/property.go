package remove

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/china"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// ruledOut is the cause of the loss of a property that China does not have,
// though it has the resource type.
func (p *run) ruledOut(w *refChecker, n *cfn.Node, path string) *plan.Cause {
	if w.r == nil || path == "" {
		return nil
	}
	if w.typ == "AWS::StepFunctions::StateMachine" && path == "/DefinitionString" {
		return causeOf(plan.MissingIntegration(n))
	}
	rows := china.Features()[w.typ]
	if len(rows) == 0 {
		return nil
	}
	steps := strings.Split(path[1:], "/")
	for _, f := range rows {
		if removes(f, steps, w.r, n) {
			return causeOf(f.Message)
		}
	}
	return nil
}

// removes tells whether a row removes what stands at a path of steps.
func removes(f china.Feature, steps []string, r *plan.Resource, n *cfn.Node) bool {
	switch f.Transform {
	case china.RemoveProperty:
		return f.At(steps) && plan.Refused(f, r.Props, n)
	case china.RemoveItem:
		below, ok := f.Item(steps)
		return ok && plan.Refused(f, r.Props, n.At(below...))
	}
	return false
}

func causeOf(reason string) *plan.Cause {
	if reason == "" {
		return nil
	}
	return &plan.Cause{Rule: "china-property", Reason: reason, Direct: true}
}

// ruledOutResource is the cause of the loss of a resource whose type China has
// and which cannot be used there as it is.
func ruledOutResource(r *plan.Resource) *plan.Cause {
	for _, f := range china.Features()[r.Type] {
		if f.Transform == china.RemoveResource && plan.Refused(f, r.Props, r.Props.At(f.Steps()...)) {
			return causeOf(f.Message)
		}
	}
	return nil
}
