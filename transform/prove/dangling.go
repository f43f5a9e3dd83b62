package prove

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// danglingRef is a reference to nothing.
type danglingRef struct {
	file, where, name string
	line              int
}

func (d danglingRef) key() string { return d.file + " " + d.name }

// dangling finds every reference of a template that names nothing in it, and
// nested arguments and outputs that the nested template does not have. It
// shares the syntax with the repair and nothing else, so that neither hides the
// other's mistakes.
func dangling(t *plan.Template) []danglingRef {
	c := &checker{t: t, conditions: namesOf(t, "Conditions"), mappings: namesOf(t, "Mappings"), params: namesOf(t, "Parameters"),
		resources: namesOf(t, "Resources"), loops: hasLoop(t)}
	c.sections()
	return c.found
}

type checker struct {
	t                                       *plan.Template
	conditions, mappings, params, resources map[string]bool
	found                                   []danglingRef
	where                                   string
	loops                                   bool
}

func namesOf(t *plan.Template, section string) map[string]bool {
	names := map[string]bool{}
	for _, e := range t.Section(section) {
		names[e.Key] = true
	}
	return names
}

func hasLoop(t *plan.Template) bool {
	found := false
	cfn.Walk(t.Root, func(n *cfn.Node) bool {
		for i := range n.Entries {
			_, is := cfn.LoopOf(&n.Entries[i])
			found = found || is
		}
		return !found
	})
	return found
}

func (c *checker) miss(n *cfn.Node, name string) {
	c.found = append(c.found, danglingRef{c.t.File, c.where, name, n.Pos.Line})
}

func (c *checker) sections() {
	for _, r := range c.t.Reading.Resources {
		c.where = "Resources." + r.ID
		for ref := range r.References() {
			c.reference(ref)
		}
		c.arguments(c.t.ByID[r.ID])
	}
	for _, o := range c.t.Reading.Outputs {
		c.where = "Outputs." + o.Name
		for ref := range o.References() {
			c.reference(ref)
		}
	}
	for _, section := range []string{"Conditions", "Rules", "Globals"} {
		c.where = section
		for ref := range cfn.References(c.t.Root.Get(section)) {
			c.reference(ref)
		}
	}
	c.where = "Metadata"
	c.form(c.t.Root.Get("Metadata").Get("AWS::CloudFormation::Interface"))
}

func (c *checker) reference(r cfn.Reference) {
	switch r.Kind {
	case cfn.ToRef, cfn.ToResource:
		c.name(r.Node, r.Name, "")
	case cfn.ToAttribute:
		c.name(r.Node, r.Name, r.Attribute)
	case cfn.ToCondition:
		c.need(r.Node, r.Name, c.conditions, "condition ")
	case cfn.ToMapping:
		if r.Name != "" {
			c.need(r.Node, r.Name, c.mappings, "mapping ")
		}
	}
}

// arguments checks what a nested stack is given against what it declares.
func (c *checker) arguments(r *plan.Resource) {
	if r.Child == nil {
		return
	}
	declared := namesOf(r.Child, "Parameters")
	for _, e := range r.Props.Get("Parameters").Pairs() {
		c.need(plan.KeyOf(e), e.Key, declared, "argument ")
	}
}

func (c *checker) need(n *cfn.Node, name string, names map[string]bool, what string) {
	if !names[name] {
		c.miss(n, what+name)
	}
}

// name checks a logical id, a parameter, or either with an attribute.
func (c *checker) name(n *cfn.Node, id, attribute string) {
	if strings.HasPrefix(id, "AWS::") || c.params[id] || c.loops {
		return
	}
	name := id
	if attribute != "" {
		name += "." + attribute
	}
	id, _, _ = strings.Cut(id, ".") // Fn.Version, which SAM knows
	if !c.resources[id] {
		if c.t.Generated().Of(id) == nil {
			c.miss(n, name)
		}
		return
	}
	if output, ok := strings.CutPrefix(attribute, "Outputs."); ok {
		if r := c.t.ByID[id]; r != nil && r.Child != nil && !namesOf(r.Child, "Outputs")[output] {
			c.miss(n, name)
		}
	}
}

// form checks the parameters that the console's form names.
func (c *checker) form(form *cfn.Node) {
	if groups := form.Get("ParameterGroups"); groups != nil {
		for _, g := range groups.Items {
			if names := g.Get("Parameters"); names != nil {
				for _, n := range names.Items {
					c.need(n, n.Name(), c.params, "parameter ")
				}
			}
		}
	}
	for _, e := range form.Get("ParameterLabels").Pairs() {
		c.need(plan.KeyOf(e), e.Key, c.params, "parameter ")
	}
}
