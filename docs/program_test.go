// Package docs_test holds the documentation to what it says: commands are run,
// links are followed, and examples of pipelines are taken at their word.
package docs_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// root is the repository, from this folder.
const root = ".."

// build builds the programs once for all tests.
var build = sync.OnceValues(func() (string, error) {
	folder, err := os.MkdirTemp("", "preflight-docs-")
	if err != nil {
		return "", err
	}
	cmd := exec.Command("go", "build", "-o", folder+string(filepath.Separator), "./cmd/...")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", errors.New(string(out))
	}
	return folder, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if folder, err := build(); err == nil {
		os.RemoveAll(folder)
	}
	os.Exit(code)
}

func programs(t *testing.T) string {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("SKIP(shell): the documentation is for a POSIX shell")
	}
	folder, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}

// workplace is a folder as a reader has it: the release of the embedded example
// with its parameters, the folders of the repository, and the configuration
// that the quick start writes.
func workplace(t *testing.T) string {
	t.Helper()
	programs(t)
	folder := t.TempDir()
	copyFiles(t, os.DirFS(filepath.Join(root, "cmd/internal/example/release")), folder)
	copyFiles(t, os.DirFS(filepath.Join(root, "cmd/internal/example")), folder)
	for _, name := range []string{"testdata", "docs", "policies"} {
		target, err := filepath.Abs(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink(target, filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}

func copyFiles(t *testing.T, from fs.FS, to string) {
	t.Helper()
	entries, err := fs.ReadDir(from, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() || strings.HasSuffix(e.Name(), ".go") {
			continue
		}
		text, err := fs.ReadFile(from, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(to, e.Name()), text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// shell runs a script in a folder, without the credentials of whoever tests.
func shell(t *testing.T, folder, script string, env ...string) (code int, output string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "bash", "-c", script)
	cmd.Dir = folder
	cmd.Env = slices.Concat(secretscan.Environment(), []string{
		"PATH=" + programs(t) + string(filepath.ListSeparator) + os.Getenv("PATH"), "HOME=" + folder, "AWS_EC2_METADATA_DISABLED=true",
	}, env)
	watch := secretscan.New(t)
	watch.Folder(folder)
	defer watch.Search()
	out, err := cmd.CombinedOutput()
	watch.Output(script, out)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%v: %s", err, out)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}
