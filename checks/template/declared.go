package template

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// Parameter is one parameter as the entry template declares it. A pointer is
// nil where the template says nothing.
type Parameter struct {
	Name, Type            string
	NoEcho                bool
	Default               *string
	AllowedPattern        *string
	AllowedValues         []string // nil when there is no such list
	MinValue, MaxValue    *string
	MinLength             *string
	MaxLength             *string
	Description           string
	ConstraintDescription string
	At                    Position
}

// Parameters are the parameters of the entry template, in its order.
func (t *Tree) Parameters() []Parameter {
	var out []Parameter
	for _, p := range t.root.doc.Parameters {
		d := Parameter{
			Name: p.Name, Type: p.Type, NoEcho: p.NoEcho, Default: cfn.TextOf(p.Default), AllowedPattern: cfn.TextOf(p.AllowedPattern),
			MinValue: cfn.TextOf(p.MinValue), MaxValue: cfn.TextOf(p.MaxValue), MinLength: cfn.TextOf(p.MinLength), MaxLength: cfn.TextOf(p.MaxLength),
			Description: textOf(p.Description), ConstraintDescription: textOf(p.ConstraintDescription),
			At: Position{t.root.doc.File, p.Entry.Pos.Line, p.Entry.Pos.Column},
		}
		if p.AllowedValues != nil {
			d.AllowedValues = append([]string{}, p.AllowedValues.Texts()...)
		}
		out = append(out, d)
	}
	return out
}

func textOf(n *cfn.Node) string {
	if !n.IsScalar() {
		return ""
	}
	return n.Text
}

// Entry is the name of the entry template's file, its key or its URL.
func (t *Tree) Entry() string { return t.root.doc.File }
