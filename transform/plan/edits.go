package plan

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/edit"
)

// Edits are what is to be done to one template, decided on its nodes. What is
// put in is a node of YAML, because its style counts: a fresh one, or the Src
// of a node of the template. The zero Edits are ready for use.
type Edits struct{ set edit.Set }

// Delete removes an item of a list, or the entry whose value is n.
func (e *Edits) Delete(n *cfn.Node) { e.set.Delete(n.Src) }

// Replace puts with in n's place. A call that is the argument of a short tag,
// as in !ImportValue {Fn::Sub: …}, has no node of its own: then the call of the
// tag is written anew around it.
func (e *Edits) Replace(n *cfn.Node, with *yaml.Node) {
	e.set.Replace(n.Src, Around(n, with))
}

// Around is what stands in the place of n's Src when with stands in n's own.
func Around(n *cfn.Node, with *yaml.Node) *yaml.Node {
	if outer, inside := tagAround(n); inside {
		return edit.Mapping(outer, with)
	}
	return with
}

// tagAround is the function whose short tag hides the call n.
func tagAround(n *cfn.Node) (string, bool) {
	if n.Kind != cfn.Call || n.Short || n.Src.Style&yaml.TaggedStyle == 0 {
		return "", false
	}
	return cfn.Value(n.Src, cfn.InResource).Func, true
}

// SetValue gives a scalar another text; tag and quoting stay.
func (e *Edits) SetValue(n *cfn.Node, text string) { e.set.SetValue(n.Src, text) }

// Insert adds an entry at the end of a mapping.
func (e *Edits) Insert(mapping *cfn.Node, key string, value *yaml.Node) {
	e.set.Insert(mapping.Src, key, value)
}

// Deleted tells whether n is to go.
func (e *Edits) Deleted(n *cfn.Node) bool { return e.set.Deleted(n.Src) }

// Now is what stands in n's place: n itself where nothing was done. inside says
// that n stands somewhere in it.
func (e *Edits) Now(n *cfn.Node) (now *cfn.Node, inside bool) {
	y := e.set.Now(n.Src)
	if y == n.Src {
		return n, false
	}
	return cfn.Value(y, cfn.InResource), edit.Contains(y, n.Src)
}

// Built is a copy of n with everything done.
func (e *Edits) Built(n *cfn.Node) *cfn.Node {
	return cfn.Value(e.set.Build(n.Src), cfn.InResource)
}

// Empty tells whether nothing is to be done.
func (e *Edits) Empty() bool { return e.set.Empty() }

// Apply makes the edits of a template.
func (t *Template) Apply() (edit.Result, error) {
	return edit.Apply(t.Document, t.Tree, &t.Edits.set)
}

// NoValue is Ref AWS::NoValue in the form that the template uses.
func NoValue(short bool) *yaml.Node {
	const name = "AWS::NoValue"
	if short {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!Ref", Style: yaml.TaggedStyle, Value: name}
	}
	return edit.Mapping("Ref", edit.Text(name))
}
