package template

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// Conditions are what decides whether the resource comes to exist: the
// conditions of the nested stacks above it, the outermost first, then its own.
func (r Resource) Conditions() []Value {
	var out []Value
	for s, decl := r.stack, r.decl; ; s, decl = s.parent, s.decl {
		if decl.Condition != "" {
			out = append([]Value{s.decision(decl.Condition)}, out...)
		}
		if s.parent == nil {
			return out
		}
	}
}

// DeletionPolicy is what is written for a deletion; NoValue where nothing is.
func (r Resource) DeletionPolicy() Value { return r.attribute("DeletionPolicy") }

// UpdateReplacePolicy is what is written for a replacement.
func (r Resource) UpdateReplacePolicy() Value { return r.attribute("UpdateReplacePolicy") }

func (r Resource) attribute(name string) Value {
	n := r.decl.Body.Get(name)
	if n == nil {
		return Value{Kind: NoValue}
	}
	return r.stack.eval(n)
}

// Written are the properties of the serverless resource that the resource is
// generated of; NoValue for one that the template declares itself.
func (r Resource) Written() Value {
	if r.decl.Origin == nil {
		return Value{Kind: NoValue}
	}
	return r.stack.eval(r.decl.Origin.Properties)
}

// Opened tells of a nested stack whether its template was read.
func (r Resource) Opened() bool { return r.stack.children[r.LogicalID] != nil }

// Inside is the path of the stack that a nested stack resource makes.
func (r Resource) Inside() string {
	if r.Stack == "entry" {
		return r.LogicalID
	}
	return r.Stack + "/" + r.LogicalID
}

// Export is one output of a stack that other stacks may import.
type Export struct {
	Stack   string
	Subject string // of the output
	Name    Value
	Value   Value
	Exists  Truth
	At      Position
}

// Exports are the exports of every stack of the tree.
func (t *Tree) Exports() []Export {
	var out []Export
	for _, s := range t.stacks {
		for _, o := range s.doc.Outputs {
			if o.Export == nil || o.Value == nil {
				continue
			}
			exists := s.exists
			if o.Condition != "" {
				exists = exists.and(s.condition(o.Condition, o.Body))
			}
			out = append(out, Export{
				Stack: s.label(), Subject: s.subject(o.Name), Name: s.eval(o.Export), Value: s.eval(o.Value), Exists: exists, At: s.place(o.Entry.Pos),
			})
		}
	}
	return out
}

// Import is one place where a stack of the tree imports an export.
type Import struct {
	Subject string // what reads it
	Stack   string
	Name    Value
	Exists  Truth
}

// Imports are the imports of every resource of the tree.
func (t *Tree) Imports() []Import {
	var out []Import
	for _, s := range t.stacks {
		for _, r := range s.expanded().Resources {
			for ref := range cfn.References(r.Properties) {
				if ref.Kind == cfn.ToExport && ref.Node.Kind == cfn.Call {
					out = append(out, Import{Subject: s.subject(r.ID), Stack: s.label(), Name: s.eval(ref.Node.Arg()), Exists: s.presence(r)})
				}
			}
		}
	}
	return out
}

// Local are the paths of properties that name a file which packaging uploads:
// the same path in two releases says nothing of what is in the file.
func (r Resource) Local() map[string]bool {
	out := map[string]bool{}
	for _, a := range r.assets() {
		if a.Local {
			out[a.Path] = true
		}
	}
	return out
}
