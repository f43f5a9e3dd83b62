package derive

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// Standing is what the stack that is upgraded holds now, by subject. Of a nil
// one nothing is known.
type Standing struct {
	resources map[string]checks.StackResource
	stacks    map[string]bool // paths of the stacks whose resources were read
}

// ReadStanding reads the target stack's tree from the facts. It is nil when
// there is no such stack, or when some of it was not read.
func ReadStanding(f *checks.Facts) *Standing {
	if f.Run.Phase != checks.Upgrade || missing(f, "cloudformation.stacks") || missing(f, "cloudformation.resources") {
		return nil
	}
	path := map[string]string{} // by stack id
	for _, s := range f.CloudFormation.Stacks {
		if s.Target {
			path[s.ID] = entryStack
		}
	}
	if len(path) == 0 {
		return nil
	}
	s := &Standing{resources: map[string]checks.StackResource{}, stacks: map[string]bool{}}
	for found := true; found; {
		found = false
		for _, r := range f.CloudFormation.Resources {
			if at, known := path[r.StackID]; known && path[r.PhysicalID] == "" && r.Type == stackType && r.PhysicalID != "" {
				path[r.PhysicalID], found = nestedPath(at, r.LogicalID), true
			}
		}
	}
	for _, r := range f.CloudFormation.Resources {
		at, known := path[r.StackID]
		if !known {
			continue
		}
		s.stacks[at] = true
		if exists(r.Status) {
			s.resources[at+"#"+r.LogicalID] = r
		}
	}
	return s
}

// missing tells whether a fact was not read as a whole: a list that lacks
// records is not.
func missing(f *checks.Facts, fact string) bool {
	for _, g := range f.Gaps {
		if _, record := checks.Part(g.Fact); record == "" && checks.Overlap(g.Fact, fact) {
			return true
		}
	}
	for _, a := range f.Absent {
		if checks.Overlap(a.Fact, fact) {
			return true
		}
	}
	return false
}

const (
	entryStack = "entry"
	stackType  = "AWS::CloudFormation::Stack"
)

// nestedPath is the path of the stack that a resource of a stack is.
func nestedPath(above, id string) string {
	if above == entryStack {
		return id
	}
	return above + "/" + id
}

// exists tells by its status whether a stack still has a resource.
func exists(status string) bool {
	switch status {
	case "CREATE_FAILED", "DELETE_COMPLETE", "DELETE_SKIPPED":
		return false
	}
	return true
}

// has tells whether the stack has a resource of the release.
func (s *Standing) has(r *resource) template.Truth {
	if s == nil {
		return template.Undecided
	}
	if in := s.stack(r.Stack); in != template.Yes {
		return in
	}
	if have, found := s.resources[r.Subject]; found {
		if have.Type == r.Type {
			return template.Yes
		}
		return template.No
	}
	for subject, have := range s.resources {
		if r.Origin != "" && have.Type == r.Type && hashed(r.Subject, subject) {
			return template.Undecided // its name changes with its content
		}
	}
	return template.No
}

// stack tells whether the stack at a path stands, and is known whole.
func (s *Standing) stack(path string) template.Truth {
	if path == entryStack {
		if s.stacks[path] {
			return template.Yes
		}
		return template.Undecided
	}
	above, id := splitStack(path)
	if in := s.stack(above); in != template.Yes {
		return in
	}
	if _, found := s.resources[above+"#"+id]; !found {
		return template.No
	}
	if !s.stacks[path] {
		return template.Undecided
	}
	return template.Yes
}

// splitStack takes the path of a nested stack apart: the stack that holds it,
// and its logical id there.
func splitStack(path string) (above, id string) {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i], path[i+1:]
	}
	return entryStack, path
}

// hashed says whether a subject is a generated one with the hash that SAM puts
// behind it: ten hexadecimal digits.
func hashed(generated, subject string) bool {
	hash, is := strings.CutPrefix(subject, generated)
	return is && len(hash) == 10 && strings.Trim(hash, "0123456789abcdef") == ""
}
