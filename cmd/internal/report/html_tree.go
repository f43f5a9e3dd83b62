package report

import (
	"cmp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

const entryStack = "entry"

// htmlStack is a stack in the tree of stacks. State is the worst that a finding
// says of it; Worst is the same with everything that it nests.
type htmlStack struct {
	Stack
	Name     string
	State    string
	Worst    string
	Findings int
	Children []*htmlStack
}

// ranks order states from bad to good.
var ranks = []string{"error", "warning", "unknown", "info", "waived", ""}

func worse(a, b string) string {
	if slices.Index(ranks, a) <= slices.Index(ranks, b) {
		return a
	}
	return b
}

// treeOf grows the tree of the known stacks and of those that findings name.
// It is nil when neither names a stack.
func treeOf(all []htmlCheck, stacks []Stack) *htmlStack {
	root := &htmlStack{Name: entryStack, Stack: Stack{Path: entryStack, Exists: true}}
	for _, s := range stacks {
		root.at(s.Path).Stack = s
	}
	named := len(stacks) > 0
	for _, c := range all {
		for _, f := range c.Findings {
			for _, path := range stacksOf(f.Finding) {
				s := root.at(path)
				s.State = worse(f.State, s.State)
				s.Findings++
				named = true
			}
		}
	}
	if !named {
		return nil
	}
	root.settle()
	return root
}

// at finds the stack of a path, and adds what is not there yet.
func (s *htmlStack) at(path string) *htmlStack {
	if path == entryStack || path == "" {
		return s
	}
	for i, name := range strings.Split(path, "/") {
		j := slices.IndexFunc(s.Children, func(c *htmlStack) bool { return c.Name == name })
		if j < 0 {
			whole := strings.Join(strings.Split(path, "/")[:i+1], "/")
			j = len(s.Children)
			s.Children = append(s.Children, &htmlStack{Name: name, Stack: Stack{Path: whole, Exists: true}})
		}
		s = s.Children[j]
	}
	return s
}

func (s *htmlStack) settle() string {
	slices.SortFunc(s.Children, func(a, b *htmlStack) int { return cmp.Compare(a.Name, b.Name) })
	s.Worst = s.State
	for _, c := range s.Children {
		s.Worst = worse(c.settle(), s.Worst)
	}
	return s.Worst
}

// stacksOf are the stacks that a finding is about: that of its subject, and
// those of the resources in its evidence.
func stacksOf(f checks.Finding) []string {
	var paths []string
	for _, subject := range append(hits(f), f.Subject) {
		path, _, ok := strings.Cut(subject, "#")
		// A colon stands in the subject of a policy, never in that of a resource.
		if ok && path != "" && !strings.Contains(subject, ":") && !slices.Contains(paths, path) {
			paths = append(paths, path)
		}
	}
	return paths
}
