package template

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// document is one template file, parsed once however many stacks are made of
// it. Nothing in it depends on parameters.
type document struct{ *cfn.Template }

// parse reads one template. The error names file, line and column.
func parse(file string, text []byte) (*document, error) {
	t, err := cfn.Parse(file, text)
	if err != nil {
		return nil, err
	}
	t = t.Unroll(cfn.MaxUnrolled, nil)
	if err := t.Broken(); err != nil {
		return nil, err
	}
	return &document{t}, nil
}
