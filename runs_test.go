package preflight_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// runsNoProgramOfOurs are test files that start something else: the browser,
// the Go command.
var runsNoProgramOfOurs = []string{
	"cmd/internal/report/browser_test.go", "docs/fleet_test.go", "docs/hook_test.go", "docs/shown_test.go",
}

// TestEveryRunIsSearchedForSecrets demands that a test that runs a program, or
// its command line in this process, gives what it leaves to
// internal/testing/secretscan.
func TestEveryRunIsSearchedForSecrets(t *testing.T) {
	files := 0
	for _, root := range []string{"cmd", "docs"} {
		err := filepath.WalkDir(root, func(name string, _ fs.DirEntry, err error) error {
			name = filepath.ToSlash(name)
			if err != nil || !strings.HasSuffix(name, "_test.go") || slices.Contains(runsNoProgramOfOurs, name) {
				return err
			}
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
			if err != nil {
				return err
			}
			if runs, watches := programRuns(file); runs != "" {
				files++
				if !watches {
					t.Errorf("%s calls %s and searches nothing for secrets", name, runs)
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 6 {
		t.Errorf("only %d test files run a program", files)
	}
}

// programRuns names a call of a file that runs a program, and says whether the
// file uses the search.
func programRuns(file *ast.File) (runs string, watches bool) {
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		switch f := call.Fun.(type) {
		case *ast.Ident:
			if f.Name == "Run" && file.Name.Name == "cli" {
				runs = "Run"
			}
		case *ast.SelectorExpr:
			pkg, _ := f.X.(*ast.Ident)
			if f.Sel.Name == "Output" && len(call.Args) == 2 {
				watches = true // of a secretscan.Watch; that of a command takes none
			}
			if pkg == nil {
				return true
			}
			switch called := pkg.Name + "." + f.Sel.Name; called {
			case "cli.Run", "exec.Command", "exec.CommandContext", "testscript.Run", "testscript.RunT":
				runs = called
			case "secretscan.New", "secretscan.Ran", "secretscan.Scripts":
				watches = true
			}
		}
		return true
	})
	return runs, watches
}
