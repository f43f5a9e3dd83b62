package secretscan

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"leaky": leaky})
}

// leaky is a program that shows what it should not, where it is told to.
func leaky() {
	secret := os.Getenv("AWS_SECRET_ACCESS_KEY")
	for _, where := range os.Args[1:] {
		switch where {
		case "stdout":
			fmt.Println("the key is", secret)
		case "stderr":
			fmt.Fprintln(os.Stderr, "debug:", base64.StdEncoding.EncodeToString([]byte("AKID:"+secret)))
		case "exit":
			os.Exit(3)
		default:
			if err := os.WriteFile(where, []byte("> "+strings.ToUpper(secret)), 0o600); err != nil {
				fmt.Fprintln(os.Stderr, err)
				os.Exit(1)
			}
		}
	}
}

// TestLeakyScript is what TestALeakFailsTheScript runs; alone it does nothing.
func TestLeakyScript(t *testing.T) {
	script := os.Getenv("LEAKY_SCRIPT")
	if script == "" {
		return
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "leak.txtar"), []byte(script), 0o600); err != nil {
		t.Fatal(err)
	}
	Scripts(t, testscript.Params{Dir: dir, Setup: func(*testscript.Env) error { return nil }})
}

// TestALeakFailsTheScript runs scripts that pass but for what they leak.
func TestALeakFailsTheScript(t *testing.T) {
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ script, leaks string }{
		"on stdout":          {"exec leaky stdout\nstdout key", "what the script printed: line"},
		"on stderr":          {"exec leaky stderr", "what the script printed: line 2 shows a secret, in base64"},
		"with an exit code":  {"exits 3 leaky stdout exit", "what the script printed: line"},
		"in the background":  {"exec leaky stdout &\nwait", "what the script printed: line"},
		"in an early phase":  {"# one\nexec leaky stdout\n# two\nexec leaky", "what the script printed: line"},
		"in a new file":      {"exec leaky out.txt\nexists out.txt", "out.txt: line 1 shows a secret, as it is"},
		"in a changed file":  {"exec leaky deep/laid.txt\n-- deep/laid.txt --\nx\n", "laid.txt: line 1 shows a secret, as it is"},
		"nowhere":            {"exec leaky", ""},
		"in what a test has": {"exec leaky\nexec sh -c 'test -n " + Mark + "a'\n-- params.json --\n" + Mark + "param\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command(program, "-test.run", "^TestLeakyScript$")
			cmd.Env = append(os.Environ(), "LEAKY_SCRIPT="+c.script)
			out, err := cmd.CombinedOutput()
			if (err != nil) != (c.leaks != "") || !strings.Contains(string(out), c.leaks) {
				t.Errorf("%v, want %q in\n%s", err, c.leaks, out)
			}
		})
	}
}

func TestSecretsAreFoundInEveryForm(t *testing.T) {
	const made = "kX93mfLq20ZZbb81Jd7w"
	s := &Secrets{}
	s.Hide(made, "")
	for _, secret := range []string{Mark + "one", made} {
		for name, text := range map[string]string{
			"as it is": secret, "in capitals": strings.ToUpper(secret), "in JSON": `{"a": "` + secret + `"}`,
			"in hexadecimal": hex.EncodeToString([]byte("a" + secret + "b")), "reversed": backwards(secret),
			"in base64": base64.StdEncoding.EncodeToString([]byte(secret)), "beside one": base64.URLEncoding.EncodeToString([]byte("u" + secret + "!")),
			"beside two": base64.StdEncoding.EncodeToString([]byte("u:" + secret + "?~")), "behind three": base64.StdEncoding.EncodeToString([]byte("me:" + secret)),
		} {
			found := s.In([]byte("first\n" + text + "\n"))
			if len(found) == 0 || !strings.HasPrefix(found[0], "line 2 ") {
				t.Errorf("%s %s: %v", secret, name, found)
			}
			if strings.Contains(strings.Join(found, ""), secret) {
				t.Error("the report repeats the secret")
			}
		}
	}
	if found := s.In([]byte("a seeded secret is not shown; c2VlZGVk; 736565")); found != nil {
		t.Error(found)
	}
}

func TestOutputsNamedByFlagsAreSearched(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "facts.json")
	if err := os.WriteFile(file, []byte(Mark), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"-o", file}, {"--output=" + file}, {"-f", "text", "-f", "json=" + file}, {"--format=json=" + file}} {
		var said []string
		w := &Watch{report: func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }}
		w.Wrote(args)
		if w.Search(); len(said) != 1 {
			t.Errorf("%v: %q", args, said)
		}
	}
}
