package engine

import (
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// constantOf is a text that a policy compares with a field of a setting.
type constantOf struct {
	field
	how  string // "is", startswith, endswith, contains, regex.match, glob.match
	text string
	not  bool
	at   *ast.Location
}

// checkSettings refuses a custom policy that compares the type or the path of a
// setting with what no resource type has: it would pass whatever a template says.
func checkSettings(compiler *ast.Compiler) error {
	var rules []*ast.Rule
	for _, m := range compiler.Modules {
		if strings.HasPrefix(m.Package.Path.String(), "data."+customRoot+".") {
			rules = append(rules, m.Rules...)
		}
	}
	f := follow(rules)
	types := map[string][]string{} // by what holds the row
	byFile := map[string][]string{}
	var all []constantOf
	for _, r := range rules {
		for _, c := range f.constants(r, compiler) {
			all = append(all, c)
			if c.name == "type" && c.how == "is" && !c.not {
				types[c.base] = append(types[c.base], c.text)
				byFile[c.at.File] = append(byFile[c.at.File], c.text)
			}
		}
	}
	for _, c := range all {
		of := types[c.base]
		if len(of) == 0 {
			of = byFile[c.at.File]
		}
		if why := unknownConstant(c, of); why != "" {
			return fmt.Errorf("%s:%d:%d: %s", c.at.File, c.at.Row, c.at.Col, why)
		}
	}
	return nil
}

// constants are the texts that one rule compares with a field of a setting.
func (f *flow) constants(r *ast.Rule, compiler *ast.Compiler) []constantOf {
	var out []constantOf
	scope := scopeOf(r)
	texts := map[string]*ast.Term{} // variables that hold a constant
	ast.WalkExprs(r, func(e *ast.Expr) bool {
		terms, is := e.Terms.([]*ast.Term)
		if !is || len(terms) != 3 {
			return false
		}
		op := terms[0].Value.String()
		if isEquality(e) {
			for i := 1; i <= 2; i++ {
				if _, isVar := terms[i].Value.(ast.Var); isVar {
					texts[terms[i].Value.String()] = terms[3-i]
				}
			}
			op = "is"
		}
		left, right := terms[1], terms[2]
		switch op {
		case "is":
			if _, is := f.field(scope, right); is {
				left, right = right, left
			}
		case "internal.member_2":
			op = "is"
		case "startswith", "endswith", "contains":
		case "regex.match":
			left, right = right, left
		default:
			return false
		}
		of, is := f.field(scope, left)
		if !is {
			return false
		}
		for _, text := range constantTexts(right, texts, compiler) {
			out = append(out, constantOf{field: of, how: op, text: text, not: e.Negated, at: e.Location})
		}
		return false
	})
	return out
}

// constantTexts are the texts of a term that is one, or a list or set of them,
// written there or as a rule.
func constantTexts(t *ast.Term, texts map[string]*ast.Term, compiler *ast.Compiler) []string {
	switch v := t.Value.(type) {
	case ast.String:
		return []string{string(v)}
	case ast.Var:
		if held := texts[v.String()]; held != nil && !held.Equal(t) {
			if _, again := held.Value.(ast.Var); !again {
				return constantTexts(held, nil, compiler)
			}
		}
	case *ast.Array, ast.Set:
		var out []string
		each := func(item *ast.Term) {
			if s, is := item.Value.(ast.String); is {
				out = append(out, string(s))
			}
		}
		if list, is := v.(*ast.Array); is {
			list.Foreach(each)
		} else {
			v.(ast.Set).Foreach(each)
		}
		return out
	case ast.Ref:
		for _, r := range compiler.GetRulesExact(v) {
			if r.Head.Value != nil && r.Head.Key == nil && len(r.Head.Args) == 0 {
				if _, isRef := r.Head.Value.Value.(ast.Ref); !isRef {
					return constantTexts(r.Head.Value, nil, compiler)
				}
			}
		}
	}
	return nil
}
