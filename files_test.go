package preflight_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// filePackages are the only ones of the programs that open, make, move or
// remove files, by what they do safely.
var filePackages = []string{"internal/inputfile", "internal/outputfile"}

// fileFunctions of the package os reach a file; to look at one (os.Stat) is free.
var fileFunctions = []string{
	"Open", "OpenFile", "OpenRoot", "OpenInRoot", "ReadFile", "ReadDir", "DirFS", "CopyFS",
	"Create", "CreateTemp", "WriteFile", "Mkdir", "MkdirAll", "MkdirTemp", "Rename", "Link", "Symlink",
	"Remove", "RemoveAll", "Truncate", "Chmod", "Chown", "Chtimes",
}

// TestFilesAreOpenedInOnePlace reads the source of all that the programs are
// built of. The methods of a root are held to the package that writes, too.
func TestFilesAreOpenedInOnePlace(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f", "{{.ImportPath}} {{.Dir}} {{.GoFiles}}", "./cmd/panther-preflight", "./cmd/releasecopy").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := 0
	for line := range strings.Lines(string(out)) {
		pkg, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
		name, ours := strings.CutPrefix(pkg, module)
		if !ours || slices.Contains(filePackages, name) {
			continue
		}
		dir, files, _ := strings.Cut(rest, " [")
		for _, file := range strings.Fields(strings.TrimSuffix(files, "]")) {
			seen++
			for _, call := range fileCalls(t, filepath.Join(dir, file)) {
				t.Errorf("%s; use %s", call, strings.Join(filePackages, " or "))
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d files were looked at", seen)
	}
}

func fileCalls(t *testing.T, file string) []string {
	t.Helper()
	set := token.NewFileSet()
	parsed, err := parser.ParseFile(set, file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var calls []string
	ast.Inspect(parsed, func(n ast.Node) bool {
		selector, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		of, _ := selector.X.(*ast.Ident)
		direct := of != nil && of.Name == "os" && slices.Contains(fileFunctions, selector.Sel.Name)
		if direct || selector.Sel.Name == "OpenFile" { // of an *os.Root
			calls = append(calls, set.Position(selector.Pos()).String()+" uses "+selector.Sel.Name)
		}
		return true
	})
	return calls
}
