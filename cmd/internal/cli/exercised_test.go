package cli

import (
	"flag"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/release"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// commandLines are those of the end-to-end tests: of the scripts, and of the
// sessions with an emulator, whose arguments stand in Go.
func commandLines(t *testing.T) [][]string {
	t.Helper()
	root := filepath.Join("..", "..", "..")
	var lines [][]string
	for _, pattern := range []string{"testdata/script/*.txtar", "testdata/release/*.txtar"} {
		for _, name := range matching(t, filepath.Join(root, pattern)) {
			text, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			script, _, _ := strings.Cut(string(text), "\n-- ")
			for line := range strings.SplitSeq(script, "\n") {
				words := strings.Fields(strings.ReplaceAll(line, "'", ""))
				switch {
				case len(words) > 2 && words[0] == "exits":
					lines = append(lines, words[2:])
				case len(words) > 1 && words[0] == "exec":
					lines = append(lines, words[1:])
				}
			}
		}
	}
	for _, name := range matching(t, filepath.Join(root, "cmd/panther-preflight/*_test.go")) {
		lines = append(lines, callsIn(t, name)...)
	}
	return lines
}

func matching(t *testing.T, pattern string) []string {
	t.Helper()
	names, err := filepath.Glob(pattern)
	if err != nil || len(names) == 0 {
		t.Fatalf("%s: %v", pattern, err)
	}
	return names
}

// callsIn are the texts that each call of a method run passes on.
func callsIn(t *testing.T, name string) [][]string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var lines [][]string
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return true
		}
		if f, ok := call.Fun.(*ast.SelectorExpr); !ok || f.Sel.Name != "run" {
			return true
		}
		line := []string{"panther-preflight"}
		for _, arg := range call.Args {
			if lit, ok := arg.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				text, err := strconv.Unquote(lit.Value)
				if err != nil {
					t.Fatal(err)
				}
				line = append(line, text)
			}
		}
		lines = append(lines, line)
		return true
	})
	return lines
}

// TestEveryFlagIsExercised demands that an end-to-end test uses every flag of
// every command, in its long form and, where it has one, in its short form.
func TestEveryFlagIsExercised(t *testing.T) {
	used := map[string]bool{}
	root := newRoot(&session.Session{})
	for _, line := range commandLines(t) {
		if line[0] != "panther-preflight" {
			continue
		}
		cmd, rest, err := root.Find(line[1:])
		if err != nil {
			continue
		}
		for _, word := range rest {
			name, _, _ := strings.Cut(word, "=")
			used[cmd.CommandPath()+" "+name] = true
			used[name] = true
		}
	}
	commands := 0
	for _, cmd := range allCommands(root) {
		if cmd.HasSubCommands() || cmd.Parent().Name() == "completion" || cmd.Name() == "help" {
			continue
		}
		commands++
		cmd.NonInheritedFlags().VisitAll(func(f *pflag.Flag) { demandUse(t, used, cmd, f) })
	}
	root.PersistentFlags().VisitAll(func(f *pflag.Flag) {
		if !used["--"+f.Name] && !used["-"+f.Shorthand] {
			t.Errorf("no end-to-end test uses the global flag --%s", f.Name)
		}
	})
	if commands < 15 {
		t.Errorf("only %d commands", commands)
	}
}

func demandUse(t *testing.T, used map[string]bool, cmd *cobra.Command, f *pflag.Flag) {
	t.Helper()
	if f.Name == "help" {
		return
	}
	if !used[cmd.CommandPath()+" --"+f.Name] {
		t.Errorf("no end-to-end test uses `%s --%s`", cmd.CommandPath(), f.Name)
	}
	if f.Shorthand != "" && !used[cmd.CommandPath()+" -"+f.Shorthand] {
		t.Errorf("no end-to-end test uses `%s -%s`", cmd.CommandPath(), f.Shorthand)
	}
}

// TestEveryDocumentedFlagIsExercised is the same for the second program, whose
// flags may have one dash or two.
func TestEveryDocumentedFlagIsExercised(t *testing.T) {
	used := map[string]bool{}
	for _, line := range commandLines(t) {
		for _, word := range line[1:] {
			if name, _, _ := strings.Cut(word, "="); line[0] == "releasecopy" && strings.HasPrefix(name, "-") {
				used[strings.TrimLeft(name, "-")] = true
			}
		}
	}
	(&release.Documented{}).Flags().VisitAll(func(f *flag.Flag) {
		if !used[f.Name] {
			t.Errorf("no end-to-end test uses `releasecopy -%s`", f.Name)
		}
	})
}

// TestEveryHelpNamesTheExitCodes reads the help of every command.
func TestEveryHelpNamesTheExitCodes(t *testing.T) {
	for _, cmd := range allCommands(newRoot(&session.Session{})) {
		args := append(strings.Fields(cmd.CommandPath())[1:], "--help")
		var out strings.Builder
		s := session.Streams{Out: &out, Err: &out, Getenv: func(string) string { return "" }}
		code := Run(t.Context(), args, s)
		secretscan.Ran(t, args, out.String())
		if code != session.ExitOK || strings.Count(out.String(), session.ExitCodeHelp) != 1 {
			t.Errorf("%s: exit %d\n%s", cmd.CommandPath(), code, &out)
		}
		for line := range strings.Lines(out.String()) {
			if len([]rune(line)) > helpWidth+1 {
				t.Errorf("%s: a line of help is wider than %d columns: %s", cmd.CommandPath(), helpWidth, line)
			}
		}
	}
}

// full is an output that takes nothing.
type full struct{}

func (full) Write([]byte) (int, error) { return 0, os.ErrClosed }

func TestAnOutputThatIsNotWrittenIsNoSuccess(t *testing.T) {
	for _, args := range []string{
		"--help", "--version", "", "check --help", "help check", "release", "completion bash", "__complete check --fail",
		"check --example", "explain", "explain -f json", "permissions", "template api-alias", "template preflight-role",
		"upgrade plan --from 1.30.5 --to 1.31.1 --offline",
	} {
		var errs strings.Builder
		s := session.Streams{In: strings.NewReader(""), Out: full{}, Err: &errs, Getenv: func(string) string { return "" }, Now: time.Now}
		code := Run(t.Context(), strings.Fields(args), s)
		if code == session.ExitOK || code == session.ExitFinding || !strings.Contains(errs.String(), os.ErrClosed.Error()) {
			t.Errorf("%s: exit %d %s", args, code, &errs)
		}
	}
}
