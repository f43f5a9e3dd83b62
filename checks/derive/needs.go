package derive

import (
	"maps"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// need is one call for one resource.
type need struct {
	action   *awsdata.Action
	target   target
	settings []setting
	foreign  bool // the resource may be another account's
	user     *resource
	actor    *actor // nil for the deployer
	direct   bool   // the deployer calls, not CloudFormation for them
	why      string // what it turns on; empty when it is certain
}

// request is one call to be decided, with every resource that makes it.
type request struct {
	need     *need
	users    []*need
	compiled map[world]*iam.Query
}

// resource adds what one resource takes.
func (d *deriver) resource(r *resource) error {
	if token, is := customResource(r); is {
		return d.invoke(r, token)
	}
	t, err := d.typeOf(r.Type)
	if err != nil {
		return err
	}
	if t == nil {
		d.unheard(r)
		return nil
	}
	for _, name := range t.Nameless {
		if n := (checks.NamelessAction{Name: name, Type: r.Type}); t.Rules == nil && !slices.Contains(d.nameless, n) {
			d.nameless = append(d.nameless, n)
		}
	}
	work := d.toCreate
	if d.run.Phase == checks.Upgrade {
		work = d.toUpgrade
	}
	c, err := work(r, t)
	if err != nil {
		return err
	}
	if r.OriginType() == "AWS::Serverless::Application" {
		// CloudFormation fetches the application before it creates the stack.
		if t, err = d.tables.Type(r.OriginType()); err != nil {
			return err
		}
		c.all = append(c.all, byRules(r, t.Rules).all...)
	}
	for _, one := range c.all {
		if err := d.add(r, one); err != nil {
			return err
		}
	}
	return nil
}

// unheard records a resource of a type of which nothing is known.
func (d *deriver) unheard(r *resource) {
	d.untold = append(d.untold, checks.UntoldType{
		Type: r.Type, Subject: r.Subject, Exists: r.Exists.String(), File: r.At.File, Line: r.At.Line, Column: r.At.Column,
	})
}

// add makes the calls of one action for a resource.
func (d *deriver) add(r *resource, one taken) error {
	a, err := d.tables.Action(one.action)
	if err != nil || a == nil {
		return err // a pattern such as workspaces-web:List* is no single action
	}
	if one.action == "s3:GetObject" && r.unpackaged() {
		return nil
	}
	if role, known := d.linked[r.Type]; known && one.action == createLinked {
		return d.createLinked(r, a, role)
	}
	why := one.why
	if why == "" && r.Exists == template.Undecided {
		why = whyExists
	}
	for _, t := range d.targets(r, a) {
		// What belongs to another account is at most read.
		t.loose = t.loose && !a.Writes
		d.needs = append(d.needs, &need{
			action: a, target: t, settings: d.settings(r, a, t.kind), user: r, why: why,
			foreign: t.arn.value != r.ARN.Text() && isForeign(t.arn.value),
		})
	}
	return nil
}

// unpackaged says whether all that CloudFormation would fetch for the resource
// are files beside the template: where packaging puts them, nothing tells yet.
func (r *resource) unpackaged() bool {
	return len(r.assets) > 0 && !slices.ContainsFunc(r.assets, func(a checks.Asset) bool { return !a.Local })
}

// isForeign says whether a resource may be another account's: an S3 ARN tells
// no account, and code is fetched from the publisher's bucket.
func isForeign(arn string) bool {
	parts := strings.SplitN(arn, ":", 6)
	return len(parts) == 6 && parts[2] == "s3" && strings.Contains(parts[5], "/")
}

// merge puts equal calls of several resources together. The order is that of
// the resources.
func merge(needs []*need) []*request {
	var out []*request
	byID := map[string]*request{}
	var b strings.Builder
	for _, n := range needs {
		b.Reset()
		n.writeID(&b)
		id := b.String()
		r := byID[id]
		if r == nil {
			r = &request{need: n}
			byID[id] = r
			out = append(out, r)
		}
		r.users = append(r.users, n)
	}
	return out
}

func (n *need) writeID(b *strings.Builder) {
	if n.direct {
		b.WriteString("direct ")
	}
	if n.actor != nil {
		b.WriteString(n.actor.role.Subject)
		b.WriteByte(' ')
	}
	b.WriteString(n.action.Name)
	b.WriteByte(' ')
	b.WriteString(n.target.arn.value)
	if n.target.arn.pattern {
		b.WriteByte('~')
	}
	for _, s := range n.settings {
		b.WriteByte('\n')
		b.WriteString(s.key)
		b.WriteByte('0' + byte(s.value.State))
		for _, v := range s.value.Values {
			b.WriteByte('\x00')
			b.WriteString(v)
		}
		for _, v := range s.value.Perhaps {
			b.WriteByte('\x01')
			b.WriteString(v)
		}
	}
}

// query is a request as it is in one world, compiled once.
func (n *Needs) query(r *request, w world) (*iam.Query, error) {
	if q := r.compiled[w]; q != nil {
		return q, nil
	}
	q, err := n.compile(r, w)
	if err == nil {
		if r.compiled == nil {
			r.compiled = map[world]*iam.Query{}
		}
		r.compiled[w] = q
	}
	return q, err
}

func (n *Needs) compile(r *request, w world) (*iam.Query, error) {
	context, principal := maps.Clone(n.base(w)), n.principal(w)
	if r.need.actor != nil {
		principal = n.act(r.need.actor, w, context)
	}
	if r.need.direct && n.deployer.Kind == deployerAdministrator {
		n.put(context, ownCall)
	}
	for _, s := range r.need.settings {
		if n.relevance.key(s.key) {
			context[s.key] = s.value
		}
	}
	if r.need.foreign {
		context["aws:ResourceAccount"] = iam.Value{State: iam.KeyPresent}
		context["aws:ResourceOrgID"] = iam.Value{State: iam.KeyUnknown}
	}
	arn := r.need.target.in(w)
	return iam.NewQuery(iam.Request{
		Action: r.need.action.Name, Resource: arn.value, ResourceIsPattern: arn.pattern,
		Principal: principal, ManagementAccount: n.management, Context: context, Others: iam.KeyAbsent,
	})
}

// base are the condition keys that the deployer brings, without those that no
// policy looks at.
func (n *Needs) base(w world) map[string]iam.Value {
	base := n.bases[w]
	if base == nil {
		base = n.identity(w)
		base["aws:ResourceAccount"], base["aws:ResourceOrgID"] = iam.Is(w.account), iam.Is(w.organization)
		if w.vague {
			for _, key := range n.untoldKeys() {
				base[key] = iam.Value{State: iam.KeyPresent}
			}
		}
		maps.DeleteFunc(base, func(key string, _ iam.Value) bool { return !n.relevance.key(key) })
		n.bases[w] = base
	}
	return base
}

// untoldKeys are the keys of the account and of the organization, as far as they
// are not known.
func (n *Needs) untoldKeys() []string {
	var out []string
	if n.run.Account == "" {
		out = append(out, "aws:PrincipalArn", "aws:PrincipalAccount", "aws:ResourceAccount")
	}
	if n.organization == "" {
		out = append(out, "aws:PrincipalOrgID", "aws:ResourceOrgID")
	}
	return out
}

// in is the resource in one world: where the account is told, it is the
// resource's.
func (t *target) in(w world) text {
	parts := strings.SplitN(t.arn.value, ":", 6)
	if t.loose || w.account == unnamedAccount || len(parts) != 6 || parts[4] != "*" {
		return t.arn
	}
	parts[4] = w.account
	value := strings.Join(parts, ":")
	return text{value, t.arn.pattern && strings.Contains(value, "*")}
}
