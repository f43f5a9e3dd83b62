// Package packaging_test makes a release as the workflow does, up to what only
// GitHub can do, and installs and runs what comes out of it.
package packaging_test

import (
	"context"
	"encoding/json"
	"errors"
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

// artifact is an entry of the list that goreleaser leaves in dist.
type artifact struct {
	Name, Path, Type, Goos, Goarch string
	Extra                          struct{ ID, Format, Checksum string }
}

// release is a snapshot: everything that a tag makes, but for signatures.
type release struct {
	dist      string
	images    string // the layout that the stand-in for Docker leaves
	artifacts []artifact
	log       string
}

var made = sync.OnceValues(makeSnapshot)

var folder string // of the snapshot; empty while none was made

func TestMain(m *testing.M) {
	code := m.Run()
	if folder != "" {
		os.RemoveAll(folder)
	}
	os.Exit(code)
}

// needed skips a test where a program is missing, or fails it where the
// end-to-end tests are required.
func needed(t *testing.T, programs ...string) {
	t.Helper()
	for _, p := range programs {
		if _, err := exec.LookPath(p); err == nil {
			continue
		}
		if os.Getenv("PREFLIGHT_REQUIRE_E2E") != "" {
			t.Fatalf("%s is not installed, and PREFLIGHT_REQUIRE_E2E demands it", p)
		}
		t.Skipf("SKIP(%s): %s is not installed; .ci/install does it", p, p)
	}
}

func snapshot(t *testing.T) *release {
	t.Helper()
	if runtime.GOOS != "linux" {
		t.Skip("SKIP(linux): a release is made on Linux")
	}
	needed(t, "git", "goreleaser", "buildah")
	r, err := made()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// makeSnapshot runs goreleaser with the project's own configuration. Programs of
// other platforms are not compiled: a file stands for each. buildah builds the
// image, which needs no service as Docker does.
func makeSnapshot() (*release, error) {
	var err error
	if folder, err = os.MkdirTemp("", "preflight-release-"); err != nil {
		return nil, err
	}
	r := &release{images: filepath.Join(folder, "images"), dist: filepath.Join(folder, "dist")}
	config, err := os.ReadFile(filepath.Join(root, ".goreleaser.yaml"))
	if err != nil {
		return r, err
	}
	named := filepath.Join(folder, "goreleaser.yaml")
	if err := os.WriteFile(named, append(config, "\ndist: "+r.dist+"\n"...), 0o600); err != nil {
		return r, err
	}
	stands, err := filepath.Abs("testdata/bin")
	if err != nil {
		return r, err
	}
	compiler, err := exec.LookPath("go")
	if err != nil {
		return r, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Minute)
	defer cancel()
	skip := "--skip=sign"
	if !hasSyft() {
		skip += ",sbom"
	}
	cmd := exec.CommandContext(ctx, "goreleaser", "release", "--snapshot", "--clean", skip, "--parallelism=1", "--config", named)
	cmd.Dir = root
	cmd.Env = slices.Concat(os.Environ(), []string{
		"PATH=" + stands + string(filepath.ListSeparator) + os.Getenv("PATH"),
		"COMPILER=" + compiler, "HOST=linux/" + runtime.GOARCH, "IMAGES=" + r.images,
	})
	out, err := cmd.CombinedOutput()
	r.log = string(out)
	if err != nil {
		return r, errors.New("goreleaser: " + err.Error() + "\n" + r.log)
	}
	list, err := os.ReadFile(filepath.Join(r.dist, "artifacts.json"))
	if err != nil {
		return r, err
	}
	return r, json.Unmarshal(list, &r.artifacts)
}

// hasSyft tells whether lists of parts can be made.
func hasSyft() bool {
	_, err := exec.LookPath("syft")
	return err == nil
}

// find is the only artifact that a condition holds for.
func (r *release) find(t *testing.T, what string, is func(artifact) bool) string {
	t.Helper()
	var paths []string
	for _, a := range r.artifacts {
		if is(a) {
			paths = append(paths, a.Path)
		}
	}
	if len(paths) != 1 {
		t.Fatalf("%s: %q", what, paths)
	}
	return paths[0]
}

// run runs a command without the credentials of whoever tests, and searches
// what it prints for secrets.
func run(t *testing.T, cmd *exec.Cmd) (code int, output string) {
	t.Helper()
	watch := secretscan.New(t)
	defer watch.Search()
	if cmd.Env == nil {
		cmd.Env = append(secretscan.Environment(), "PATH="+os.Getenv("PATH"), "AWS_EC2_METADATA_DISABLED=true")
	}
	out, err := cmd.CombinedOutput()
	watch.Output(strings.Join(cmd.Args, " "), out)
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatalf("%v: %v: %s", cmd.Args, err, out)
	}
	return cmd.ProcessState.ExitCode(), string(out)
}
