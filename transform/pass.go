package transform

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

// pass is one run over one release.
type pass struct {
	release   Release
	options   Options
	sources   s3url.Set
	templates map[string]*template
	order     []*template
	reached   []*template
	entry     *template
	exports   []export
	exported  int // losses of what others may import
	contracts map[string]contract
	result    *Result
	ledger    []edited
	noted     map[string]bool
	tracedBy  map[string]bool
	errors    []Error
	outputs   []*emitted
	expanded  []Change
}

func newPass(release Release, options Options) (*pass, error) {
	if !registry.IsChina(options.Region) {
		return nil, fmt.Errorf("region %q is not one of %s and %s", options.Region, registry.Beijing, registry.Ningxia)
	}
	if options.Bucket == "" {
		return nil, fmt.Errorf("the bucket in China is not named")
	}
	switch options.LostEnv {
	case "":
		options.LostEnv = "drop"
	case "drop", "empty":
	default:
		return nil, fmt.Errorf("lost environment variables are either drop or empty, not %q", options.LostEnv)
	}
	options.ECRRegistry = strings.TrimSuffix(options.ECRRegistry, "/")
	if len(options.SourceBuckets) == 0 {
		options.SourceBuckets = defaultSourceBuckets
	}
	sources, err := s3url.NewSet(options.SourceBuckets...)
	if err != nil {
		return nil, err
	}
	if err := registry.Err(); err != nil {
		return nil, err
	}
	return &pass{release: release, options: options, sources: sources, contracts: map[string]contract{}, noted: map[string]bool{}, tracedBy: map[string]bool{},
		result: &Result{Changes: []Change{}, Removed: []Removal{}, Rewritten: []Rewrite{}, Findings: []Finding{}, Warnings: []Warning{}, Templates: []Template{}}}, nil
}

// edited is one change at a node; its path is looked up when all are made.
type edited struct {
	t      *template
	node   *yaml.Node
	action string
	rule   string
	reason string
}

func (p *pass) change(t *template, n *yaml.Node, action, rule, reason string) {
	p.ledger = append(p.ledger, edited{t, n, action, rule, reason})
}

func (p *pass) warn(t *template, n *yaml.Node, rule, format string, args ...any) {
	p.addWarning(Warning{Rule: rule, Message: fmt.Sprintf(format, args...), File: t.file, Path: t.path(n), Line: n.Line})
}

func (p *pass) addWarning(w Warning) {
	key := fmt.Sprintf("w %s %s %s %s", w.File, w.Path, w.Rule, w.Message)
	if !p.noted[key] {
		p.noted[key] = true
		p.result.Warnings = append(p.result.Warnings, w)
	}
}

func (p *pass) fail(code Code, t *template, n *yaml.Node, message, fix string) {
	p.errors = append(p.errors, Error{Code: code, Message: message, Fix: fix, File: t.file, Line: n.Line})
}
