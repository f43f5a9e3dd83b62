package derive

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/published"
	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// compare asks of everything that the published role of the target version
// allows whether the deployer's own policies allow it, too.
func (n *Needs) compare(f *checks.Facts, role rolefile.Role) (checks.PublishedRole, error) {
	if f.Run.Release == "" {
		f.SetAbsent(factPublished, "the target version is not known: --release")
		return checks.PublishedRole{}, nil
	}
	r, exact, err := published.Find(f.Run.Release)
	if err != nil {
		return checks.PublishedRole{}, err
	}
	out := checks.PublishedRole{Versions: r.Versions, Exact: exact}
	all, _ := n.worlds(slices.Concat(role.Identity, role.Boundary))
	c := comparison{needs: n, world: all[0], unread: role.Unread, have: &iam.Policies{Identity: role.Identity, Boundary: role.Boundary}}
	c.granted = granted(c.have)
	region := n.run.Region
	if region == "" {
		region = "*"
	}
	policy, err := r.Policy(strings.ReplaceAll(n.partition(), "*", "aws"), region, c.world.account)
	if err != nil {
		return out, err
	}
	c.want = &iam.Policies{Identity: []*iam.Policy{policy}}
	for i := range policy.Statements() {
		if err := c.statement(&policy.Statements()[i]); err != nil {
			return out, err
		}
	}
	out.Missing = c.missing
	return out, nil
}

type comparison struct {
	needs      *Needs
	world      world
	want, have *iam.Policies
	// granted are the policies that it has with all that those which were not
	// read may allow.
	granted *iam.Policies
	unread  []string
	missing []checks.MissingAction
}

// statement asks for every action of one statement on each of its resources.
// An action is reported once, with the first resource that it lacks.
func (c *comparison) statement(s *iam.Statement) error {
	actions, inverted := s.Actions()
	resources, others := s.Resources()
	if s.Denies() || inverted || others {
		return nil
	}
	for _, pattern := range actions {
		names, err := c.expand(pattern)
		if err != nil {
			return err
		}
		found := false
		for _, name := range names {
			for _, resource := range resources {
				if found {
					break
				}
				if found, err = c.lacks(s, pattern, name, resource); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

// expand is the actions that a pattern of the role names. One that no service
// has is none: the published roles hold a few.
func (c *comparison) expand(pattern string) ([]string, error) {
	prefix, local, _ := strings.Cut(strings.ToLower(pattern), ":")
	service, err := c.needs.tables.Service(prefix)
	if err != nil || service == nil {
		return nil, err
	}
	var out []string
	for _, name := range service.Names() {
		if !globMatches(local, name) {
			continue
		}
		a, err := c.needs.tables.Action(prefix + ":" + name)
		if err != nil {
			return nil, err
		}
		out = append(out, a.Name)
	}
	return out, nil
}

func (c *comparison) lacks(s *iam.Statement, pattern, action, resource string) (bool, error) {
	context := c.needs.identity(c.world)
	for _, condition := range s.Conditions() {
		if values := condition.Values(); len(values) > 0 {
			context[condition.Key()] = iam.Is(strings.ReplaceAll(values[0], "*", "-x"))
		}
	}
	q, err := iam.NewQuery(iam.Request{
		Action: action, Resource: resource, ResourceIsPattern: strings.Contains(resource, "*") && resource != "*",
		Principal: c.needs.principal(c.world), Context: context,
	})
	if err != nil {
		return false, err
	}
	if c.want.Decide(q).Decision != iam.Allowed {
		return false, nil
	}
	have := c.have.Decide(q)
	if have.Decision == iam.Allowed {
		return false, nil
	}
	m := checks.MissingAction{
		Action: pattern, Statement: label(s), Resource: strings.ReplaceAll(resource, unnamedAccount, "*"),
		Certain: have.Decision.Denied(), Explicit: have.Decision == iam.ExplicitlyDenied,
	}
	if by := have.Cause.Statement; m.Explicit && by != nil {
		m.Policy, m.Denies = by.Policy().Name(), label(by)
	}
	if m.Certain && !m.Explicit && c.mayHold(action) && !c.granted.Decide(q).Decision.Denied() {
		m.Certain = false
	}
	c.missing = append(c.missing, m)
	return true, nil
}

// granted are policies beside one that allows everything.
func granted(p *iam.Policies) *iam.Policies {
	out := *p
	out.Administrator = true
	return &out
}

// mayHold says whether a policy that was not read may allow the action.
func (c *comparison) mayHold(action string) bool {
	a, err := c.needs.tables.Action(action)
	return slices.ContainsFunc(c.unread, func(arn string) bool {
		return !strings.HasSuffix(arn, ":policy/ReadOnlyAccess") || err == nil && a != nil && !a.Writes
	})
}
