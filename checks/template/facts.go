package template

import (
	"strconv"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// Facts says what the templates hold, for policies to judge. The same tree
// gives the same facts in the same order.
func (t *Tree) Facts() checks.Release {
	out := checks.Release{Templates: t.templateFacts(), Stacks: t.stackFacts(), Children: t.childFacts(), Applications: t.applications(), Published: t.published()}
	for r := range t.Resources() {
		out.Resources = append(out.Resources, r.fact(t.options.Region))
		out.Observed = append(out.Observed, r.observations()...)
		out.Assets = append(out.Assets, r.assets()...)
	}
	t.literals = 0
	places := map[Position]bool{}
	for _, a := range out.Assets {
		places[Position{a.File, a.Line, a.Column}] = true
	}
	for _, s := range t.stacks {
		out.Arguments = append(out.Arguments, s.arguments()...)
		w := walker{stack: s, assets: places}
		w.document()
		out.Literals = append(out.Literals, w.literals...)
		out.Lookups = append(out.Lookups, w.lookups...)
	}
	out.Problems = t.problems()
	out.SameNames, out.Sizes, out.Assertions = t.sameNames(), t.sizes(), t.assertions()
	t.references(&out)
	for _, f := range t.faults {
		out.Faults = append(out.Faults, checks.Fault{
			Subject: f.stack.label(), Kind: f.kind, Detail: f.detail, File: f.at.File, Line: f.at.Line, Column: f.at.Column,
		})
	}
	return out
}

// Stated is the version that the entry template says it is of.
func (t *Tree) Stated() checks.StatedVersion {
	n := t.root.doc.Mappings.At("Constants", "Panther", "Version")
	if !n.IsScalar() {
		return checks.StatedVersion{}
	}
	at := t.root.at(n)
	return checks.StatedVersion{Version: n.Text, File: at.File, Line: at.Line, Column: at.Column}
}

func (t *Tree) templateFacts() []checks.Template {
	var out []checks.Template
	seen := map[*document]bool{}
	for _, s := range t.stacks {
		d := s.doc
		if seen[d] {
			continue
		}
		seen[d] = true
		f := checks.Template{
			File: d.File, Stack: s.label(), Subject: s.label(), Bytes: d.Bytes, Lines: d.Lines, Description: len(d.Description),
			Parameters: len(d.Parameters), Mappings: len(d.Mappings.Entries), Conditions: len(d.Conditions.Entries),
			Resources: len(s.expanded().Resources), Outputs: len(d.Outputs), Unexpanded: s.unexpanded(),
		}
		if s.parent != nil {
			f.Subject = s.parent.subject(s.decl.ID)
		}
		out = append(out, f)
	}
	return out
}

// unexpanded names, with their lines, the loops and macros that may add to
// what is seen.
func (d *document) unexpanded() []string {
	var out []string
	for _, t := range d.Transforms {
		if !t.Expanded() {
			out = append(out, "macro "+t.Name)
		}
	}
	for _, e := range d.Unexpanded {
		out = append(out, e.Key+" on line "+strconv.Itoa(e.Pos.Line))
	}
	for _, p := range d.Problems {
		if p.Fatal && len(p.Path) > 0 && p.Path[0] == "Resources" && d.Resource(resourceOf(p.Path)) == nil {
			out = append(out, p.Key()+" on line "+strconv.Itoa(p.Pos.Line))
		}
	}
	return out
}

// resourceOf is the logical id in the path of a problem.
func resourceOf(path []string) string {
	if len(path) < 2 {
		return ""
	}
	return path[1]
}

func (t *Tree) stackFacts() []checks.Stack {
	var out []checks.Stack
	for s := range t.Stacks() {
		out = append(out, checks.Stack{Path: s.Path, File: s.File, Name: s.Name.Text(), Exists: s.Exists.String()})
	}
	return out
}

func (t *Tree) childFacts() []checks.Child {
	var out []checks.Child
	for _, c := range t.children {
		at := c.stack.at(c.at)
		out = append(out, checks.Child{
			Subject: c.stack.subject(c.decl.ID), URL: c.url, Form: c.form, State: c.state, Detail: c.detail,
			Exists: c.stack.presence(c.decl).String(), File: at.File, Line: at.Line, Column: at.Column,
		})
	}
	return out
}

// applications are the nested stacks whose template the Serverless Application
// Repository keeps.
func (t *Tree) applications() []checks.Application {
	var out []checks.Application
	for _, c := range t.children {
		if c.state != "application" {
			continue
		}
		location := c.decl.Origin.Properties.Get("Location").Get("ApplicationId")
		a := checks.Application{Subject: c.stack.subject(c.decl.ID), Exists: c.stack.presence(c.decl).String(), Application: "*"}
		if location != nil {
			a.Application = c.stack.eval(location).Text()
		}
		out = append(out, a)
	}
	return out
}

func (r Resource) fact(region string) checks.Resource {
	f := checks.Resource{
		Subject: r.Subject, Stack: r.Stack, LogicalID: r.LogicalID, Type: r.Type, Exists: r.Exists.String(),
		NameKind: r.NameKind, NameMax: r.NameMax, Retain: r.Retain, Offered: offered(region, r.Type),
		File: r.At.File, Line: r.At.Line, Column: r.At.Column,
	}
	if r.decl.Origin != nil {
		f.OriginType = r.decl.Origin.Type
	}
	if r.NameKind != "none" {
		f.Name, f.NameLength, f.NameFromStack = r.Name.Text(), r.Name.MinLen(), r.Name.FromStackName()
	}
	if r.ARN.Kind == Literal || r.ARN.Kind == Pattern {
		f.ARN = r.ARN.Text()
	}
	if r.Type == "AWS::Lambda::Function" {
		f.LogGroup = "/aws/lambda/" + r.Name.Text()
	}
	return f
}

// offered tells whether a region has a type.
func offered(region, kind string) string {
	switch a, _ := registry.Offered(region, kind); a {
	case registry.Available:
		return "yes"
	case registry.Missing:
		return "no"
	}
	return "unknown"
}
