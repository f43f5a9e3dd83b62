package derive

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

const roleType = "AWS::IAM::Role"

// stillDenied are the roles of the release that a statement keeps from something
// that their own policies allow: what meets the deployment meets them, too, once
// it has succeeded. It is asked of the statement as a fix leaves it.
func (n *Needs) stillDenied(s *iam.Statement, layer iam.Kind, w world) ([]checks.RuntimeRole, error) {
	if layer != iam.SCP && layer != iam.RCP {
		return nil, nil
	}
	if err := n.readRuntime(); err != nil {
		return nil, err
	}
	patterns, inverted := s.Actions()
	named := actionNames{inverted: inverted}
	for _, p := range patterns {
		named.patterns = append(named.patterns, strings.ToLower(p))
	}
	policies := alone(s.Policy(), layer)
	var out []checks.RuntimeRole
	for _, role := range n.runtime {
		denied, err := n.deniedAtRuntime(role, named, policies, s, w)
		if err != nil {
			return nil, err
		}
		if denied {
			out = append(out, checks.RuntimeRole{Subject: role.actor.role.Subject, ARN: role.actor.role.ARN.Text()})
		}
	}
	return out, nil
}

func (n *Needs) deniedAtRuntime(role runtimeRole, named actionNames, policies *iam.Policies, s *iam.Statement, w world) (bool, error) {
	for _, r := range role.calls {
		if !named.names(strings.ToLower(r.need.action.Name)) {
			continue
		}
		q, err := n.query(r, w)
		if err != nil {
			return false, err
		}
		for _, d := range policies.Denials(q) {
			if d.Certain && d.Statement != nil && d.Statement.Index() == s.Index() {
				return true, nil
			}
		}
	}
	return false, nil
}

// alone is one policy as the only one of its layer.
func alone(p *iam.Policy, layer iam.Kind) *iam.Policies {
	out := &iam.Policies{Administrator: true}
	switch layer {
	case iam.SCP:
		out.SCPs = [][]*iam.Policy{{p}}
	case iam.RCP:
		out.RCPs = [][]*iam.Policy{{p}}
	case iam.Boundary:
		out.Boundary = []*iam.Policy{p}
	default:
		out.Identity = []*iam.Policy{p}
	}
	return out
}

// runtimeRole is a role of the release with the calls that its policies in the
// template allow.
type runtimeRole struct {
	actor *actor
	calls []*request
}

// readRuntime works out the calls, once they are asked for.
func (n *Needs) readRuntime() error {
	if n.runtime != nil {
		return nil
	}
	n.runtime = []runtimeRole{}
	for _, r := range n.roles {
		role := runtimeRole{actor: &actor{r}}
		for _, p := range r.properties.Get("Policies").Items() {
			if err := n.allowedTo(&role, p.Get("PolicyDocument", "Statement")); err != nil {
				return err
			}
		}
		if len(role.calls) > 0 {
			n.runtime = append(n.runtime, role)
		}
	}
	return nil
}

// allowedTo adds what the statements of one policy allow a role.
func (n *Needs) allowedTo(role *runtimeRole, statements template.Value) error {
	for s := range allows(statements) {
		for _, pattern := range texted(s.Get("Action")) {
			actions, err := n.actionsLike(pattern.value)
			if err != nil {
				return err
			}
			for _, a := range actions {
				for _, resource := range texted(s.Get("Resource")) {
					role.calls = append(role.calls, n.runtimeCall(role.actor, a, resource))
				}
			}
		}
	}
	return nil
}

// actionsLike are the actions that a name stands for. What names every service
// says nothing of what the role calls.
func (n *Needs) actionsLike(pattern string) ([]*awsdata.Action, error) {
	prefix, local, is := strings.Cut(strings.ToLower(pattern), ":")
	if !is {
		return nil, nil
	}
	service, err := n.tables.Service(prefix)
	if err != nil || service == nil {
		return nil, err
	}
	var out []*awsdata.Action
	for _, name := range service.Names() {
		if !globMatches(local, name) {
			continue
		}
		a, err := n.tables.Action(prefix + ":" + name)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// runtimeCall is a call of which nothing is known beyond the action, its resource
// and the region.
func (n *Needs) runtimeCall(by *actor, a *awsdata.Action, resource text) *request {
	keys := slices.Clone(a.Keys)
	for _, t := range a.Types {
		keys = append(keys, t.Keys...)
	}
	settings := []setting{{requestedRegion, n.requestedRegion(a)}}
	for _, key := range keys {
		if stem, is := strings.CutSuffix(key, "${TagKey}"); is {
			key = stem + "*"
		}
		settings = append(settings, setting{key, iam.Value{State: iam.KeyUnknown}})
	}
	if len(a.Types) == 0 {
		resource = text{value: "*"}
	}
	return &request{need: &need{action: a, target: target{arn: resource, loose: true}, settings: settings, user: by.role, actor: by}}
}
