package engine

import (
	"cmp"
	"fmt"
	"io/fs"
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

// policy is one check as parsed.
type policy struct {
	meta   checks.Meta
	file   string
	module *ast.Module
	rules  map[string]bool
}

// policySet is all that was parsed: the checks and the libraries they share.
type policySet struct {
	policies []policy
	libs     map[string]*ast.Module
	// files are the names by root: two folders may not both have one.
	files map[string]bool
	// packages are the checks' own, by the file that holds them.
	packages map[string]string
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

func isLib(name string) bool {
	return path.Base(path.Dir(name)) == libFolder
}

func load(o Options) (*policySet, error) {
	set := &policySet{libs: map[string]*ast.Module{}, files: map[string]bool{}, packages: map[string]string{}}
	if err := set.add(o.Bundled, bundledRoot); err != nil {
		return nil, err
	}
	for _, custom := range o.Custom {
		if err := set.add(custom, customRoot); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(set.policies, func(a, b policy) int { return cmp.Compare(a.meta.ID, b.meta.ID) })
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

func (s *policySet) add(files fs.FS, root string) error {
	found := 0
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read policies: %w", err)
		}
		if d.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return nil
		}
		text, err := readPolicy(files, name)
		if err != nil {
			return err
		}
		found++
		return s.addFile(name, string(text), root)
	})
	if err == nil && found == 0 {
		return fmt.Errorf("no .rego file found under the folder of %s policies", root)
	}
	return err
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
	meta, err := metadata(module, name, root)
	if err != nil {
		return err
	}
	rules, err := publicRules(module, name)
	if err != nil {
		return err
	}
	s.policies = append(s.policies, policy{meta: meta, file: name, module: module, rules: rules})
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
	kept := &policySet{libs: s.libs}
	for _, p := range s.policies {
		if keep(p.meta) {
			kept.policies = append(kept.policies, p)
		}
	}
	return kept
}
