package template

import (
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/pattern"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
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
		for _, p := range slices.Concat(s.doc.Problems, s.unknownTypes(), s.invalidPatterns()) {
			f := checks.Problem{
				Subject: s.problemSubject(p.Path), Kind: string(p.Kind), Path: p.Key(), Name: p.Name, Nearest: nearestTo(p), Before: p.Other.Line,
				Takes: append([]string{}, p.Takes...), Found: p.Found, Macro: macro, File: s.doc.File, Line: p.Pos.Line, Column: p.Pos.Column,
			}
			if p.Fault != nil {
				f.Found, f.Argument = p.Fault.Found.String(), argumentFault(p.Fault)
			}
			out = append(out, f)
		}
	}
	return out
}

func argumentFault(f *cfn.Fault) checks.ArgumentFault {
	a := f.Takes
	return checks.ArgumentFault{
		Wrong: string(f.Wrong), Text: a.Text, Least: a.Least, Most: a.Most, Keys: append([]string{}, a.Keys...), Count: f.Count, Key: f.Key,
	}
}

// nearestTo is the known name that a misspelt one resembles.
func nearestTo(p cfn.Problem) string {
	switch p.Kind {
	case unknownType:
		return registry.Nearest(p.Name)
	case cfn.UnknownSection:
		return spelling.Nearest(p.Name, cfn.SectionNames())
	case cfn.UnknownFunction, cfn.UnknownTag:
		return nearestFunction(p.Name)
	case cfn.UnknownAttribute, cfn.AttributeValue:
		return spelling.Nearest(p.Name, p.Takes)
	case cfn.FunctionArgument:
		if p.Fault.Wrong == cfn.UnknownKeyword {
			return spelling.Nearest(p.Fault.Key, append(slices.Clone(p.Fault.Takes.Keys), p.Fault.Takes.Optional...))
		}
	}
	return ""
}

// nearestFunction names a function as the misspelt one is written.
func nearestFunction(name string) string {
	if short, is := strings.CutPrefix(name, "!"); is {
		if best := spelling.Nearest("Fn::"+short, cfn.FunctionNames()); best != "" {
			return "!" + strings.TrimPrefix(best, "Fn::")
		}
		return ""
	}
	return spelling.Nearest(name, cfn.FunctionNames())
}

// unknownType is the kind of a resource type that no region has.
const unknownType cfn.ProblemKind = "unknown_type"

// typeName is the form of the types of others, and of custom resources.
var typeName = regexp.MustCompile(`^(?:[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}::[A-Za-z0-9]{2,64}|Custom::[A-Za-z0-9_@-]+)$`)

// unknownTypes are the types of AWS that no region has, and serverless types
// without their transform. Types of others and modules are in no registry of
// everybody's.
func (s *stack) unknownTypes() []cfn.Problem {
	var out []cfn.Problem
	serverless := s.doc.Uses(cfn.Serverless)
	for _, r := range s.doc.Resources {
		p := cfn.Problem{Kind: unknownType, Path: []string{"Resources", r.ID, "Type"}, Pos: r.Body.Get("Type").Pos, Name: r.Type}
		_, known := registry.Lookup(r.Type)
		ours := strings.HasPrefix(r.Type, "AWS::") || strings.HasPrefix(r.Type, "Alexa::")
		switch {
		case known || !ours && typeName.MatchString(r.Type) || strings.HasSuffix(r.Type, "::MODULE"):
			continue
		case strings.HasPrefix(r.Type, "AWS::Serverless::"):
			if serverless {
				continue
			}
			p.Kind, p.Takes = cfn.MissingTransform, []string{cfn.Serverless}
		}
		out = append(out, p)
	}
	return out
}

// invalidPattern is the kind of an AllowedPattern that no engine takes; Found
// says why.
const invalidPattern cfn.ProblemKind = "invalid_pattern"

func (s *stack) invalidPatterns() []cfn.Problem {
	var out []cfn.Problem
	for _, p := range s.doc.Parameters {
		if n := p.AllowedPattern; n.IsScalar() && pattern.Fault(n.Text) != "" {
			out = append(out, cfn.Problem{Kind: invalidPattern, Path: []string{"Parameters", p.Name, "AllowedPattern"}, Pos: n.Pos, Name: n.Text, Found: pattern.Fault(n.Text)})
		}
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
