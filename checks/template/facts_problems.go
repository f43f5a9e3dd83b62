package template

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/registry"
)

// problems are what CloudFormation does not take of the text of each template,
// whatever its conditions say, once for each file.
func (t *Tree) problems() []checks.Problem {
	var out []checks.Problem
	seen := map[*document]bool{}
	for _, s := range t.stacks {
		if seen[s.doc] {
			continue
		}
		seen[s.doc] = true
		macro := slices.ContainsFunc(s.doc.Transforms, func(x cfn.Transform) bool { return !x.Expanded() })
		for _, p := range append(slices.Clone(s.doc.Problems), s.unknownTypes()...) {
			f := checks.Problem{
				Subject: s.problemSubject(p.Path), Kind: string(p.Kind), Path: p.Key(), Name: p.Name, Before: p.Other.Line, Macro: macro,
				File: s.doc.File, Line: p.Pos.Line, Column: p.Pos.Column,
			}
			switch p.Kind {
			case cfn.FunctionArgument, cfn.FunctionPlace, cfn.FunctionNotAlone, cfn.MissingTransform, cfn.AttributeValue, cfn.WrongKind, cfn.MissingKey:
				f.Detail = p.Message
			case unknownType:
				f.Nearest = registry.Nearest(p.Name)
			}
			out = append(out, f)
		}
	}
	return out
}

// unknownType is the kind of a resource type that no region has.
const unknownType cfn.ProblemKind = "unknown_type"

// unknownTypes are the types of AWS that no region has, and serverless types
// without their transform. Types of others and modules are in no registry of
// everybody's.
func (s *stack) unknownTypes() []cfn.Problem {
	var out []cfn.Problem
	serverless := s.doc.Uses(cfn.Serverless)
	for _, r := range s.doc.Resources {
		p := cfn.Problem{Kind: unknownType, Path: []string{"Resources", r.ID, "Type"}, Pos: r.Body.Get("Type").Pos, Name: r.Type}
		_, known := registry.Lookup(r.Type)
		switch {
		case known || !strings.HasPrefix(r.Type, "AWS::") && !strings.HasPrefix(r.Type, "Alexa::") || strings.HasSuffix(r.Type, "::MODULE"):
			continue
		case strings.HasPrefix(r.Type, "AWS::Serverless::"):
			if serverless {
				continue
			}
			p.Kind, p.Message = cfn.MissingTransform, r.Type+" requires the transform "+cfn.Serverless
		}
		out = append(out, p)
	}
	return out
}

// problemSubject is what a place in a template belongs to.
func (s *stack) problemSubject(path []string) string {
	switch {
	case len(path) < 2:
		return s.label()
	case path[0] == "Parameters" && s.parent == nil:
		return "parameter:" + path[1]
	}
	return s.subject(path[1])
}
