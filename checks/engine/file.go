package engine

import (
	"fmt"
	"io/fs"

	"github.com/open-policy-agent/opa/v1/ast"
)

// maxPolicySize keeps what is no policy out of memory.
const maxPolicySize = 1 << 20

// readPolicy reads one file, which must be one that can end.
func readPolicy(files fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(files, name)
	if err != nil {
		return nil, fmt.Errorf("read policies: %w", err)
	}
	switch {
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s: a policy must be a regular file", name)
	case info.Size() > maxPolicySize:
		return nil, fmt.Errorf("%s: a policy may have at most %d bytes", name, maxPolicySize)
	}
	text, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("read policies: %w", err)
	}
	return text, nil
}

func parse(name, text string) (*ast.Module, error) {
	module, err := ast.ParseModuleWithOpts(name, text, ast.ParserOptions{
		Capabilities:      capabilities(),
		ProcessAnnotation: true,
		RegoVersion:       ast.RegoV1,
	})
	if err != nil {
		return nil, fmt.Errorf("policy %w", err)
	}
	return module, nil
}
