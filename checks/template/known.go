package template

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/sam"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
)

// names are what a template may refer to.
type names struct {
	parameters map[string]bool
	resources  map[string]*sam.Resource // nil: declared, and generated under other ids
	serverless bool
	// open says that what was not read may have any name: a macro, a loop.
	open bool
	// made are the beginnings of ids that modules and SAM may add.
	made []string
}

var pseudoParameters = []string{"AWS::AccountId", "AWS::NotificationARNs", "AWS::NoValue", "AWS::Partition", "AWS::Region",
	"AWS::StackId", "AWS::StackName", "AWS::URLSuffix"}

// known collects the names of a stack.
func (s *stack) known() *names {
	e := s.expanded()
	k := &names{parameters: map[string]bool{}, resources: make(map[string]*sam.Resource, len(e.byID)), serverless: s.doc.Uses(cfn.Serverless),
		open: s.doc.opened("Resources") || s.doc.opened("Parameters")}
	for _, e := range s.doc.entries("Parameters") {
		k.parameters[e.Key] = true
	}
	for _, e := range s.doc.entries("Resources") {
		k.resources[e.Key] = nil
		if s.doc.Resource(e.Key) == nil && !e.IsUnexpanded() { // it cannot be read
			k.made = append(k.made, e.Key)
		}
	}
	for _, r := range s.doc.Resources {
		k.resources[r.ID] = nil
		if strings.HasSuffix(r.Type, "::MODULE") {
			k.made = append(k.made, r.ID)
		}
	}
	for id, r := range e.byID {
		k.resources[id] = r
		if r.Origin != nil && id != r.Origin.ID {
			k.made = append(k.made, id) // SAM may end it with a hash
		}
	}
	for _, u := range e.Unexpanded {
		k.made = append(k.made, u.Origin.ID, "ServerlessRestApi", "ServerlessHttpApi")
	}
	return k
}

// opened tells whether what was not read may add to a section.
func (d *document) opened(section string) bool {
	unread := func(e cfn.Entry) bool { return e.IsUnexpanded() }
	return slices.ContainsFunc(d.Transforms, func(t cfn.Transform) bool { return !t.Expanded() }) ||
		d.Root.Entry("Fn::Transform") != nil || slices.ContainsFunc(d.entries(section), unread)
}

// may tells whether something that was not read may have the name.
func (k *names) may(name string) bool {
	return k.open || slices.ContainsFunc(k.made, func(prefix string) bool { return strings.HasPrefix(name, prefix) })
}

// nearest is a name that resembles one which nothing has.
func (k *names) nearest(name string, parameters bool) string {
	var all []string
	for id := range k.resources {
		all = append(all, id)
	}
	if parameters {
		for id := range k.parameters {
			all = append(all, id)
		}
		all = append(all, pseudoParameters...)
	}
	slices.Sort(all)
	return spelling.Nearest(name, all)
}

func (d *document) entries(section string) []cfn.Entry {
	if n := d.Root.Get(section); n.IsMap() {
		return n.Entries
	}
	return nil
}
