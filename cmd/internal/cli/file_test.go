//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli"
	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// reportTo runs a check whose report goes to a file.
func reportTo(t *testing.T, file string) {
	t.Helper()
	code, _, stderr := run(t, nil, "check", "--offline", "--template", topic, "--only", "PF-STK-001", "--stack-name", "panther-x", "-f", "json="+file)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, stderr)
	}
}

func TestWhatIsNoRegularFileIsWrittenToAndNotReplaced(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	// Open for both, so that neither end waits for the other.
	end, err := os.OpenFile(pipe, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer end.Close()
	reportTo(t, pipe)
	if info, err := os.Stat(pipe); err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Fatalf("the pipe was replaced: %v %v", info, err)
	}
	var r struct {
		Results []any `json:"results"`
	}
	if err := json.NewDecoder(end).Decode(&r); err != nil || len(r.Results) != 1 {
		t.Errorf("read from the pipe: %v %v", r, err)
	}
}

// TestALinkIsReplacedAndAReportIsPrivate has a checkout hold a link under the
// name of a report.
func TestALinkIsReplacedAndAReportIsPrivate(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := os.WriteFile(file, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Fatal(err)
	}
	reportTo(t, link)
	if info, err := os.Lstat(link); err != nil || !info.Mode().IsRegular() || info.Mode().Perm() != 0o600 {
		t.Errorf("the report is %v %v", info, err)
	}
	if text, err := os.ReadFile(file); err != nil || string(text) != "mine" {
		t.Errorf("what the link led to holds %q %v", text, err)
	}
}

// TestAPipeWithoutAWriterEndsWithTheTimeout has nobody interrupt.
func TestAPipeWithoutAWriterEndsWithTheTimeout(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	const limit = "4s" // enough to compile the policies first on a busy machine
	for _, args := range [][]string{
		{"check", "--offline", "--timeout", limit, "--template", "testdata/topic.yml", "--parameters", pipe}, {"check", "--timeout", limit, "--facts", pipe},
		{"check", "--offline", "--timeout", limit, "--template", "testdata/topic.yml", "--deployment-role-policy", pipe}, {"diagnose", "--timeout", limit, "--events", pipe},
	} {
		if code, _, stderr := run(t, nil, args...); code != 2 || !strings.Contains(stderr, "did not end within "+limit) {
			t.Errorf("%q: exit %d: %s", args, code, stderr)
		}
	}
}

// TestAPipeInAFolderIsRefused lays a pipe where files are found by listing or
// named by a template.
func TestAPipeInAFolderIsRefused(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"policy/p.rego", "scp/0-root/p.json", "role/p.json", "templates/root.yml", "in/root.yml"} {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := syscall.Mkfifo(file, 0o600); err != nil {
			t.Skipf("no named pipes here: %v", err)
		}
	}
	at := func(name string) string { return filepath.Join(dir, name) }
	for _, c := range []struct {
		name string
		args []string
	}{
		{"p.rego", []string{"check", "--offline", "--template", "testdata/topic.yml", "--policy", at("policy")}},
		{"p.json", []string{"check", "--offline", "--template", "testdata/topic.yml", "--scp-dir", at("scp")}},
		{"p.json", []string{"check", "--offline", "--template", "testdata/topic.yml", "--deployment-role-policy", at("role")}},
		{"p.json", []string{"diagnose", "--events", at("role")}},
		{"root.yml", []string{"check", "--offline", "--template", at("templates")}},
		{"root.yml", []string{"check", "--offline", "--template", at("templates/root.yml")}},
		{"root.yml", []string{"init", "--config", at("c.yml"), "--template", at("templates")}},
		{"root.yml", []string{"upgrade", "plan", "--from", "v1.18.0", "--to", "v1.18.8", "--template", at("templates/root.yml")}},
		{"root.yml", []string{"transform", "--in", at("in"), "--plan", "--bucket", "b", "--region", "cn-north-1"}},
		{"root.yml", []string{"transform", "--in", at("in/root.yml"), "--plan", "--bucket", "b", "--region", "cn-north-1"}},
	} {
		if code, _, stderr := run(t, nil, c.args...); code != 2 || !strings.Contains(stderr, c.name) {
			t.Errorf("%q: exit %d: %s", c.args, code, stderr)
		}
	}
}

// TestAPipeWhereAFolderBelongsIsRefused names a pipe as the folder that is read
// or written in.
func TestAPipeWhereAFolderBelongsIsRefused(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	for _, args := range [][]string{
		{"release", "verify", "--dir", pipe, "--release", "v1.31.1"},
		{"release", "transform", "--dir", pipe, "--release", "v1.31.1", "--out", filepath.Join(dir, "o"), "--bucket", "b", "--region", "cn-north-1"},
		{"release", "upload", "--dir", pipe, "--release", "v1.31.1", "--bucket", "b", "--region", "us-east-1", "--yes"},
		{"transform", "--in", topic, "--out", pipe, "--bucket", "b", "--region", "cn-north-1"},
		{"check", "--offline", "--template", topic, "--format", "json=" + filepath.Join(pipe, "r.json")},
	} {
		if code, _, stderr := run(t, nil, args...); code != 2 || !strings.Contains(stderr, pipe) {
			t.Errorf("%q: exit %d: %s", args, code, stderr)
		}
	}
}

// TestWhatInitWritesIsPrivate: values are filled into it.
func TestWhatInitWritesIsPrivate(t *testing.T) {
	dir := t.TempDir()
	root := filepath.Join(dir, "root.yml")
	if err := os.WriteFile(root, []byte("Resources: {T: {Type: 'AWS::SNS::Topic'}}\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	values, config := filepath.Join(dir, "values.yml"), filepath.Join(dir, "config.yml")
	if code, _, stderr := run(t, nil, "init", "--template", root, "--parameters", values, "--config", config); code != 0 {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	for _, file := range []string{values, config} {
		if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v %v", file, info, err)
		}
	}
}

// TestAPipeWithoutAWriterCanBeInterrupted names a pipe that nobody writes to.
func TestAPipeWithoutAWriterCanBeInterrupted(t *testing.T) {
	pipe := filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Skipf("no named pipes here: %v", err)
	}
	request := []string{"simulate", "--action", "s3:GetObject", "--resource", "*", "--principal", "arn:aws:iam::111122223333:role/R"}
	for _, args := range [][]string{
		{"check", "--offline", "--template", topic, "--parameters", pipe}, {"check", "--offline", "--config", pipe}, {"check", "--offline", "--facts", pipe},
		{"check", "--offline", "--template", topic, "--deployment-role-policy", pipe}, {"simulate", "--cases", pipe},
		append(request, "--identity-policy", pipe),
	} {
		ctx, cancel := context.WithCancel(context.Background())
		done := make(chan int, 1)
		var out, errs bytes.Buffer
		go func() {
			done <- cli.Run(ctx, args, session.Streams{
				In: strings.NewReader(""), Out: &out, Err: &errs,
				Getenv: func(string) string { return "" }, Now: time.Now,
			})
		}()
		cancel()
		code := <-done
		secretscan.Ran(t, nil, out.String(), errs.String())
		if code != session.ExitInterrupted {
			t.Errorf("%q: exit %d", args, code)
		}
	}
	folder := filepath.Dir(pipe)
	if err := os.Rename(pipe, filepath.Join(folder, "p.json")); err != nil {
		t.Fatal(err)
	}
	for _, flag := range []string{"--scp-dir", "--deployment-role-policy"} {
		code, _, stderr := run(t, nil, "check", "--offline", "--template", topic, flag, folder)
		if code != 2 || !strings.Contains(stderr, "p.json") || !strings.Contains(stderr, "no regular file") {
			t.Errorf("%s: exit %d: %s", flag, code, stderr)
		}
	}
}

func TestAFileWithoutEndIsRefused(t *testing.T) {
	if _, err := os.Stat("/dev/zero"); err != nil {
		t.Skip("no /dev/zero here")
	}
	for _, args := range [][]string{
		{"check", "--offline", "--template", topic, "--parameters", "/dev/zero"}, {"check", "--offline", "--template", topic, "--deployment-role-policy", "/dev/zero"}, {"simulate", "--cases", "/dev/zero"},
	} {
		code, _, stderr := run(t, nil, args...)
		if code != 2 || !strings.Contains(stderr, "/dev/zero") {
			t.Errorf("%q: exit %d: %s", args, code, stderr)
		}
	}
}
