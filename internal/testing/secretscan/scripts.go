package secretscan

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// Scripts runs scripts as testscript.Run does, with the secrets of Environment
// and the command `exits CODE COMMAND [ARG]…`, which demands an exit code. It
// looks for secrets in what every command of a script printed and wrote.
func Scripts(t *testing.T, p testscript.Params) {
	t.Helper()
	p.RequireExplicitExec = true
	p.UpdateScripts = os.Getenv("UPDATE_SCRIPTS") != ""
	p.Cmds = map[string]func(ts *testscript.TestScript, neg bool, args []string){"exits": exits}
	setup := p.Setup
	p.Setup = func(env *testscript.Env) error {
		for _, variable := range Environment() {
			name, value, _ := strings.Cut(variable, "=")
			env.Setenv(name, value)
		}
		if err := setup(env); err != nil {
			return err
		}
		if s, ok := env.T().(script); ok {
			s.watch.Folder(env.WorkDir)
			env.Defer(s.watch.Search)
		}
		return nil
	}
	testscript.RunT(script{T: t, dir: p.Dir}, p)
}

// exits runs a command and demands its exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND [ARG]…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	got := 0
	if errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// script is the test of one script. Its log has all that the commands print.
type script struct {
	*testing.T
	dir, name string
	watch     *Watch
}

// Run runs the test of one script.
func (s script) Run(name string, f func(testscript.T)) {
	s.T.Run(name, func(t *testing.T) {
		f(script{t, s.dir, name, New(t)})
	})
}

// Verbose keeps the log whole: testscript would drop what passed.
func (s script) Verbose() bool { return true }

// Log takes the log of a script: the environment, an empty line, and then each
// command with what it printed. The first and the commands are the test's.
func (s script) Log(args ...any) {
	s.Helper()
	text := fmt.Sprint(args...)
	s.T.Log(text)
	if s.watch == nil {
		return
	}
	_, printed, _ := strings.Cut(text, "\n\n")
	source, err := os.ReadFile(filepath.Join(s.dir, s.name+".txtar"))
	if err != nil {
		s.Errorf("read the script: %v", err)
		return
	}
	given := map[string]bool{}
	for line := range strings.SplitSeq(string(source), "\n") {
		given["> "+line] = true
	}
	var kept []string
	for line := range strings.SplitSeq(printed, "\n") {
		if !given[line] {
			kept = append(kept, line)
		}
	}
	s.watch.Output("what the script printed", []byte(strings.Join(kept, "\n")))
}
