package engine

import (
	"fmt"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/dependencies"

	"github.com/panther-preflight/panther-preflight/checks"
)

// needs computes the facts that a policy can read, through its libraries, from
// the compiled rules. Nobody writes the list by hand, so nobody forgets one.
func needs(compiler *ast.Compiler, p policy) ([]string, error) {
	var paths []string
	for name := range p.rules {
		query := ast.NewBody(ast.NewExpr(ast.NewTerm(p.module.Package.Path.Append(ast.StringTerm(name)))))
		refs, err := dependencies.Base(compiler, query)
		if err != nil {
			return nil, fmt.Errorf("%s: compute the facts it reads: %w", p.file, err)
		}
		for _, ref := range refs {
			if !ref.HasPrefix(ast.InputRootRef) {
				continue
			}
			if len(ref) == 1 {
				return nil, fmt.Errorf("%s: it reads the whole input; name the facts it needs", p.file)
			}
			paths = append(paths, dotted(ref))
		}
	}
	return shortest(paths), nil
}

func dotted(ref ast.Ref) string {
	var parts []string
	for _, term := range ref[1:] {
		s, ok := term.Value.(ast.String)
		if !ok {
			break
		}
		parts = append(parts, string(s))
	}
	return strings.Join(parts, ".")
}

// shortest drops paths that lie inside another one, and orders the rest.
func shortest(paths []string) []string {
	slices.Sort(paths)
	var kept []string
	for _, p := range paths {
		if len(kept) == 0 || p != kept[len(kept)-1] && !strings.HasPrefix(p, kept[len(kept)-1]+".") {
			kept = append(kept, p)
		}
	}
	return kept
}

func union(cs []*check) []string {
	var paths []string
	for _, c := range cs {
		paths = append(paths, c.needs...)
	}
	return shortest(paths)
}

// blocked is the result without asking, where a fact that the check reads is
// missing: a gap makes it unknown, a fact nobody asked for makes it skipped. The
// status is empty where nothing is missing, or where a part of it suffices.
func (c *check) blocked(f *checks.Facts) checks.Result {
	r := c.result()
	for _, g := range f.Gaps {
		if c.reads(g.Fact) && !g.Told && !c.suffices(g.Fact) {
			r.Status, r.Reason = checks.Unknown, unread(g)
			return r
		}
	}
	for _, a := range f.Absent {
		if c.reads(a.Fact) {
			r.Status, r.Reason, r.LeftOut = checks.Skipped, a.Reason, a.Offline
			if missing := c.unread(f); missing != "" {
				r.Status, r.Reason, r.LeftOut = checks.Unknown, missing, false
			}
			return r
		}
	}
	return r
}

// unread words a gap.
func unread(g checks.Gap) string { return g.Fact + ": " + g.Why() }

// suffices reports whether the check can do with what was read of a fact of
// which a part is missing.
func (c *check) suffices(fact string) bool {
	covered := func(path string) bool {
		return slices.ContainsFunc(c.partial, func(p string) bool { return checks.Inside(path, p) })
	}
	for _, need := range c.needs {
		if checks.Overlap(need, fact) && !covered(need) && !covered(fact) {
			return false
		}
	}
	return true
}

// qualify adds to a result what could not be read of the facts of which a part
// sufficed: what was found stands, and what was not found is not known.
func (c *check) qualify(f *checks.Facts, r *checks.Result) {
	missing := c.unread(f)
	if missing == "" || r.Status == checks.Skipped {
		return
	}
	if r.Status == checks.Passed {
		r.Status, r.Reason = checks.Unknown, missing
		return
	}
	if r.Reason != "" {
		missing = r.Reason + "; " + missing
	}
	r.Reason = missing
}

// unread words what is missing of facts of which a part suffices.
func (c *check) unread(f *checks.Facts) string {
	var reasons []string
	for _, g := range f.Gaps {
		if c.reads(g.Fact) && !g.Told && c.suffices(g.Fact) {
			reasons = append(reasons, unread(g))
		}
	}
	if len(reasons) == 0 {
		return ""
	}
	return "could not be read: " + strings.Join(reasons, "; ")
}

func (c *check) reads(fact string) bool {
	return slices.ContainsFunc(c.needs, func(need string) bool { return checks.Overlap(need, fact) })
}
