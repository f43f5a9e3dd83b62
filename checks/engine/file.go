package engine

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// maxPolicySize keeps what is no policy out of memory.
const maxPolicySize = 1 << 20

// source is the text of one policy or library.
type source struct {
	name, text string
}

// sources are the texts of a folder, in the order of their names. Tests are
// none of them.
func sources(files fs.FS, root string) ([]source, error) {
	var texts []source
	err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("read policies: %w", err)
		}
		if d.IsDir() || path.Ext(name) != ".rego" || strings.HasSuffix(name, "_test.rego") {
			return nil
		}
		text, err := readPolicy(files, name)
		texts = append(texts, source{name: name, text: string(text)})
		return err
	})
	if err == nil && len(texts) == 0 {
		err = fmt.Errorf("no .rego file found under the folder of %s policies", root)
	}
	return texts, err
}

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
	var faults ast.Errors
	switch {
	case errors.As(err, &faults):
		return nil, compileError(faults)
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return module, nil
}
