package derive

import (
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// Release is what is deployed, and how.
type Release struct {
	Run    checks.Run
	Tree   *template.Tree
	Assets []checks.Asset // of the tree
	// Deployer is who deploys, when somebody looked; nil leaves it to Run.
	Deployer *checks.Deployer
	// Tags are those of the role that deploys; nil when nobody looked.
	Tags *PrincipalTags
	// Types are what the registry says of types that the tables do not have.
	Types []checks.ResourceType
	// Standing is what the stack has that is upgraded; nil when nobody looked.
	Standing *Standing
	// Changes are what an upgrade does, where the deployed release was compared.
	Changes []checks.Change
	// Unexpanded are the files that hold resources which are not known.
	Unexpanded map[string]bool
	// Linked are the roles that services make for themselves, by the type of
	// resource that uses them first.
	Linked map[string]LinkedRole
	// RootTags are the tags of the root stack.
	RootTags []checks.Tag
	// Organization is the id of the account's organization, empty when it is
	// not known; Management says that the account manages it.
	Organization string
	Management   bool
}

// deriver holds what one derivation rests on.
type deriver struct {
	run      checks.Run
	deployer checks.Deployer
	tags     *PrincipalTags
	tables   *awsdata.Tables
	types    []checks.ResourceType
	standing *Standing
	changes  map[string]checks.Change
	// unexpanded are the files that hold resources which are not known.
	unexpanded map[string]bool
	trust      map[string][]string // services by the ARN or name of a role
	needs      []*need
	vendor     *iam.Policy           // the role published with the target version, once asked for
	linked     map[string]LinkedRole // by the type that uses it first
	untold     []checks.UntoldType
	nameless   []checks.NamelessAction
}

// Needs are the calls that deploying a release takes.
type Needs struct {
	deriver
	requests     []*request
	organization string
	management   bool
	relevance    *relevance // of the policies that are being judged
	bases        map[world]map[string]iam.Value
	roles        []*resource   // that the release creates
	runtime      []runtimeRole // what these may call, once asked for
}

// Derive works out the calls.
func Derive(r Release) (*Needs, error) {
	tables, err := awsdata.Open()
	if err != nil {
		return nil, err
	}
	n := &Needs{
		deriver: deriver{
			run: r.Run, deployer: assumedDeployer(r.Run), tags: r.Tags, tables: tables, types: r.Types, linked: r.Linked, standing: r.Standing, changes: bySubject(r.Changes), unexpanded: r.Unexpanded,
		},
		organization: r.Organization, management: r.Management,
	}
	if r.Deployer != nil {
		n.deployer = *r.Deployer
	}
	all := resources(r.Tree, r.Assets, r.RootTags)
	n.trust = trusts(all)
	for _, one := range all {
		if one.Type == roleType && one.Exists == template.Yes {
			n.roles = append(n.roles, one)
		}
	}
	for _, one := range all {
		if err := n.resource(one); err != nil {
			return nil, fmt.Errorf("work out what %s needs: %w", one.Subject, err)
		}
	}
	if err := n.stacks(r.Tree, all, r.RootTags); err != nil {
		return nil, err
	}
	if err := n.gone(r.Tree); err != nil {
		return nil, fmt.Errorf("work out what leaves the stack: %w", err)
	}
	if err := n.discarded(r.Changes); err != nil {
		return nil, fmt.Errorf("work out what is replaced: %w", err)
	}
	if err := n.functionRoles(all); err != nil {
		return nil, fmt.Errorf("work out what custom resources may call: %w", err)
	}
	n.requests = merge(n.needs)
	return n, nil
}

// typeOf finds what a type takes: in the tables, or else in what the registry
// told. It is nil when neither says anything.
func (d *deriver) typeOf(name string) (*awsdata.Type, error) {
	t, err := d.tables.Type(name)
	if err != nil || t != nil {
		return t, err
	}
	for _, told := range d.types {
		if told.Name == name && told.State == checks.TypeDescribed {
			return d.tables.Described(told.Create, told.Update, told.Delete, told.Updates)
		}
	}
	return nil, nil
}

// flat is every policy of some levels in one list.
func flat(levels ...[][]*iam.Policy) []*iam.Policy {
	var out []*iam.Policy
	for _, some := range levels {
		for _, level := range some {
			out = append(out, level...)
		}
	}
	return out
}
