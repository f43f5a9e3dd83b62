package collect

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/glob"
)

// wanted tells which names of a type matter: those that the release takes, and
// those that a known leftover has.
func (s *session) wanted(kind string) func(name string) bool {
	globs := slices.Clone(s.options.Scope.Names[kind])
	exact := map[string]bool{}
	for _, r := range s.facts.Release.Resources {
		if r.Exists == checks.ExistsNo {
			continue
		}
		if r.Type != kind || r.Name == "" {
			continue
		}
		if r.NameKind == "literal" {
			exact[r.Name] = true
		} else if r.NameKind == "pattern" {
			globs = append(globs, r.Name)
		}
	}
	return func(name string) bool { return exact[name] || matches(globs, name) }
}

// matches reports whether a name fits one of the globs.
func matches(globs []string, name string) bool {
	return slices.ContainsFunc(globs, func(pattern string) bool { return glob.Match(pattern, name) })
}

// account is the target account, empty when it could not be read.
func (s *session) account() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.facts.Run.Account
}

// deploymentRole is the name of the role that deploys, empty for none. It may
// be given as an ARN.
func (s *session) deploymentRole() string {
	name := s.facts.Run.DeploymentRole
	return name[strings.LastIndexByte(name, '/')+1:]
}

// names are the names and globs of a type that are looked for.
func (s *session) names(kind string) []string {
	names := slices.Clone(s.options.Scope.Names[kind])
	for _, r := range s.facts.Release.Resources {
		if r.Type == kind && r.Exists != checks.ExistsNo && (r.NameKind == "literal" || r.NameKind == "pattern") {
			names = append(names, r.Name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// prefixes are the few beginnings that all the names have: the literal text up
// to the first hyphen after the last slash, which is how families are named.
func prefixes(names []string) []string {
	var out []string
	for _, name := range names {
		name, _, _ = strings.Cut(name, "*")
		slash := strings.LastIndexByte(name, '/') + 1
		if dash := strings.IndexByte(name[slash:], '-'); dash >= 0 {
			name = name[:slash+dash+1]
		}
		out = append(out, name)
	}
	slices.Sort(out)
	var least []string
	for _, p := range out {
		if len(least) == 0 || !strings.HasPrefix(p, least[len(least)-1]) {
			least = append(least, p)
		}
	}
	return least
}

func lastPart(text, separator string) string {
	return text[strings.LastIndex(text, separator)+1:]
}
