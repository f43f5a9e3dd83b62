package engine

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"

	"github.com/panther-preflight/panther-preflight/checks"
)

// The roots of package paths.
const (
	bundledRoot = "preflight"
	customRoot  = "custom"
	libFolder   = "lib"
)

// policy is one check. Its module is nil while only the index has told of it.
type policy struct {
	meta   checks.Meta
	file   string
	module *ast.Module
	rules  map[string]bool
	// needs are the facts it reads, where the index tells them.
	needs []string
	// partial are the facts of which a part suffices for its findings.
	partial []string
	// libraries are the files of libraries it reaches, where the index tells them.
	libraries []string
}

// policySet is all that was parsed: the checks and the libraries they share.
type policySet struct {
	policies []policy
	libs     map[string]*ast.Module
	// files are the names by root: two folders may not both have one.
	files map[string]bool
	// packages are the checks' own, by the file that holds them.
	packages map[string]string
	// unparsed are the texts of the bundled policies where an index spared
	// their parsing; nil where everything is parsed.
	unparsed []source
	// proven says that these very bytes were compiled with every check of the
	// compiler when their index was made.
	proven bool
}

func newSet() *policySet {
	return &policySet{libs: map[string]*ast.Module{}, files: map[string]bool{}, packages: map[string]string{}}
}

// claim demands that a file is the only one of its name under its root, where
// the second would replace the first, and that a check has a package of its own,
// where a second one would add to its findings.
func (s *policySet) claim(module *ast.Module, name string) error {
	key := module.Package.Path[1].String() + "/" + name
	if s.files[key] {
		return fmt.Errorf("%s: two folders of policies hold this file; give one another name", name)
	}
	s.files[key] = true
	if isLib(name) {
		return nil
	}
	pkg := module.Package.Path.String()
	if other, taken := s.packages[pkg]; taken {
		return fmt.Errorf("%s and %s are both the package %s; a check has a package of its own", other, name, strings.TrimPrefix(pkg, "data."))
	}
	s.packages[pkg] = name
	return nil
}

func byID(a, b policy) int { return cmp.Compare(a.meta.ID, b.meta.ID) }

func isLib(name string) bool {
	return path.Base(path.Dir(name)) == libFolder
}

func load(o Options) (*policySet, error) {
	bundled, err := sources(o.Bundled, bundledRoot)
	if err != nil {
		return nil, err
	}
	if len(o.Custom) == 0 && len(o.Index) > 0 {
		set, err := fromIndex(o.Index, bundled)
		if set != nil || err != nil {
			return set, err
		}
	}
	set := newSet()
	if err := set.add(bundled, bundledRoot); err != nil {
		return nil, err
	}
	for _, custom := range o.Custom {
		texts, err := sources(custom, customRoot)
		if err != nil {
			return nil, err
		}
		if err := set.add(texts, customRoot); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(set.policies, byID)
	for i := 1; i < len(set.policies); i++ {
		if a, b := set.policies[i-1], set.policies[i]; a.meta.ID == b.meta.ID {
			return nil, fmt.Errorf("%s and %s both have the id %s", a.file, b.file, a.meta.ID)
		}
	}
	if len(set.policies) == 0 {
		return nil, fmt.Errorf("no policy found: nothing would be checked")
	}
	return set, nil
}

func (s *policySet) add(texts []source, root string) error {
	for _, t := range texts {
		if err := s.addFile(t.name, t.text, root); err != nil {
			return err
		}
	}
	return nil
}

func (s *policySet) addFile(name, text, root string) error {
	module, err := parse(name, text)
	if err != nil {
		return err
	}
	if err := packageMatches(module, name, root); err != nil {
		return err
	}
	if err := untyped(module, name); err != nil {
		return err
	}
	if root == customRoot {
		if err := confined(module, name); err != nil {
			return err
		}
	}
	if err := s.claim(module, name); err != nil {
		return err
	}
	if isLib(name) {
		s.libs[root+"/"+name] = module
		return nil
	}
	meta, partial, err := metadata(module, name, root)
	if err != nil {
		return err
	}
	rules, err := publicRules(module, name)
	if err != nil {
		return err
	}
	s.policies = append(s.policies, policy{meta: meta, file: name, module: module, rules: rules, partial: partial})
	return nil
}

// packageMatches demands the package that the file's place says, so that a
// policy cannot add a rule to another one and turn it off. Custom policies may
// stand in any file, below the package custom; [policySet.claim] keeps them
// apart.
func packageMatches(module *ast.Module, name, root string) error {
	if root == customRoot {
		if got := module.Package.Path.String(); !strings.HasPrefix(got, "data."+customRoot+".") {
			return fmt.Errorf("%s: the package is %s; that of a custom policy must begin with %q", name, strings.TrimPrefix(got, "data."), customRoot+".")
		}
		return nil
	}
	want := "data." + root
	if dir := path.Dir(name); dir != "." {
		want += "." + strings.ReplaceAll(dir, "/", ".")
	}
	if !isLib(name) {
		want += "." + strings.TrimSuffix(path.Base(name), ".rego")
	}
	if got := module.Package.Path.String(); got != want {
		return fmt.Errorf("%s: the package is %s; for a file in this place it must be %s",
			name, strings.TrimPrefix(got, "data."), strings.TrimPrefix(want, "data."))
	}
	return nil
}

func (s *policySet) selected(keep func(checks.Meta) bool) *policySet {
	if keep == nil {
		return s
	}
	kept := &policySet{libs: s.libs, unparsed: s.unparsed}
	for _, p := range s.policies {
		if keep(p.meta) {
			kept.policies = append(kept.policies, p)
		}
	}
	return kept
}
