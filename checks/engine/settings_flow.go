package engine

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// settingsRef is where policies read the properties that templates set.
var settingsRef = ast.MustParseRef("input.release.settings")

// flow follows the rows of input.release.settings through compiled rules: which
// variables hold one, or a collection of them, which rules give them on and
// which functions take them. A name in it is a variable with its rule, or a rule.
type flow struct {
	rules   []*ast.Rule
	row     map[string]bool // holds a row
	rows    map[string]bool // holds rows
	fields  map[string]field
	changed bool
}

// field is one field of the rows that a variable holds.
type field struct {
	base string // the variable, or the reference, that holds the row
	name string // "type" or "path"
}

// follow reads the rules until nothing more flows.
func follow(rules []*ast.Rule) *flow {
	f := &flow{rules: rules, row: map[string]bool{}, rows: map[string]bool{}, fields: map[string]field{}}
	for f.changed = true; f.changed; {
		f.changed = false
		for _, r := range rules {
			f.rule(r)
		}
	}
	return f
}

func (f *flow) rule(r *ast.Rule) {
	scope := scopeOf(r)
	ast.WalkExprs(r, func(e *ast.Expr) bool {
		f.expr(scope, e)
		return false
	})
	path := rulePath(r)
	if r.Head.Key != nil && f.holdsRow(scope, r.Head.Key) || r.Head.Value != nil && (f.holdsRows(scope, r.Head.Value) || f.holdsRow(scope, r.Head.Value)) {
		f.mark(f.rows, path)
	}
}

func (f *flow) expr(scope string, e *ast.Expr) {
	switch terms := e.Terms.(type) {
	case *ast.Every:
		if f.holdsRows(scope, terms.Domain) {
			f.mark(f.row, name(scope, terms.Value))
		}
	case []*ast.Term:
		if len(terms) == 3 && isEquality(e) {
			f.bind(scope, terms[1], terms[2])
			f.bind(scope, terms[2], terms[1])
			return
		}
		f.call(scope, terms)
	}
}

func isEquality(e *ast.Expr) bool {
	op := e.OperatorTerm()
	return op != nil && slices.Contains([]string{"eq", "equal", "assign"}, op.Value.String())
}

// bind says what a variable holds that is equal to a value.
func (f *flow) bind(scope string, variable, value *ast.Term) {
	if _, is := variable.Value.(ast.Var); !is {
		return
	}
	key := name(scope, variable)
	if f.holdsRow(scope, value) {
		f.mark(f.row, key)
	}
	if f.holdsRows(scope, value) {
		f.mark(f.rows, key)
	}
	if of, is := f.field(scope, value); is && f.fields[key] != of {
		f.fields[key], f.changed = of, true
	}
}

// call passes rows on to the parameters of a function.
func (f *flow) call(scope string, terms []*ast.Term) {
	ref, is := terms[0].Value.(ast.Ref)
	if !is || !ref.HasPrefix(ast.DefaultRootRef) {
		return
	}
	for _, r := range f.rules {
		if rulePath(r) != ref.String() {
			continue
		}
		for i, arg := range r.Head.Args {
			if i+1 < len(terms) && f.holdsRow(scope, terms[i+1]) {
				f.mark(f.row, name(scopeOf(r), arg))
			}
		}
	}
}

func (f *flow) mark(set map[string]bool, key string) {
	if !set[key] {
		set[key], f.changed = true, true
	}
}

// holdsRow tells whether a term is one row.
func (f *flow) holdsRow(scope string, t *ast.Term) bool {
	switch v := t.Value.(type) {
	case ast.Var:
		return f.row[name(scope, t)]
	case ast.Ref:
		n := f.collection(scope, v)
		return n > 0 && len(v) == n+1
	}
	return false
}

// holdsRows tells whether a term is a collection of rows.
func (f *flow) holdsRows(scope string, t *ast.Term) bool {
	switch v := t.Value.(type) {
	case ast.Var:
		return f.rows[name(scope, t)]
	case ast.Ref:
		n := f.collection(scope, v)
		return n > 0 && len(v) >= n
	case *ast.ArrayComprehension:
		return f.holdsRow(scope, v.Term)
	case *ast.SetComprehension:
		return f.holdsRow(scope, v.Term)
	case *ast.ObjectComprehension:
		return f.holdsRow(scope, v.Value)
	}
	return false
}

// collection is how many terms of a reference name a collection of rows; 0: none do.
func (f *flow) collection(scope string, ref ast.Ref) int {
	if ref.HasPrefix(settingsRef) {
		return len(settingsRef)
	}
	if f.rows[name(scope, ref[0])] {
		return 1
	}
	for n := len(ref); ref.HasPrefix(ast.DefaultRootRef) && n > 1; n-- {
		if f.rows[ref[:n].String()] {
			return n
		}
	}
	return 0
}

// field is the field of a row that a term is.
func (f *flow) field(scope string, t *ast.Term) (field, bool) {
	switch v := t.Value.(type) {
	case ast.Var:
		of, is := f.fields[name(scope, t)]
		return of, is
	case ast.Ref:
		last, isText := v[len(v)-1].Value.(ast.String)
		if !isText || len(v) < 2 || last != "type" && last != "path" {
			return field{}, false
		}
		held := v[:len(v)-1]
		if len(held) == 1 && f.row[name(scope, held[0])] {
			return field{name(scope, held[0]), string(last)}, true
		}
		if n := f.collection(scope, held); n > 0 && len(held) > n {
			return field{scope + held.String(), string(last)}, true
		}
	}
	return field{}, false
}

// rulePath is how other rules refer to a rule.
func rulePath(r *ast.Rule) string { return r.Ref().GroundPrefix().String() }

// scopeOf tells the variables of one rule from those of others.
func scopeOf(r *ast.Rule) string {
	return strings.Join([]string{r.Location.File, r.Location.String(), ""}, " ")
}

func name(scope string, t *ast.Term) string { return scope + t.Value.String() }
