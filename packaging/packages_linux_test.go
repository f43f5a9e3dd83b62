package packaging_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// linuxPackage tells the package of a format for this machine.
func linuxPackage(format string) func(artifact) bool {
	return func(a artifact) bool {
		return a.Type == "Linux Package" && a.Extra.Format == format && a.Goarch == runtime.GOARCH
	}
}

// inRoot runs a command in another root, as somebody who is not the administrator.
func inRoot(root string) func(*exec.Cmd) {
	return func(cmd *exec.Cmd) {
		cmd.Err = nil // a program of that root is not looked up in this one
		cmd.Dir = "/"
		cmd.Env = []string{"PATH=/usr/bin", "HOME=/", "AWS_EC2_METADATA_DISABLED=true"}
		cmd.SysProcAttr = &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: 65532, Gid: 65532}}
	}
}

// administrator skips what only the administrator can do.
func administrator(t *testing.T) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("SKIP(root): a changed root needs the administrator")
	}
}

// emptyRoot is a folder that somebody else may enter.
func emptyRoot(t *testing.T, folders ...string) string {
	t.Helper()
	root, err := os.MkdirTemp("", "preflight-root-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(root) })
	if err := os.Chmod(root, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, f := range folders {
		if err := os.MkdirAll(filepath.Join(root, f), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// TestTheDebianPackageInstalls has dpkg install it into an empty root, and runs
// both programs there: nothing of a distribution is needed. It is removed again.
func TestTheDebianPackageInstalls(t *testing.T) {
	r := snapshot(t)
	needed(t, "dpkg")
	administrator(t)
	root := emptyRoot(t, "var/lib/dpkg/updates", "var/lib/dpkg/info", "var/lib/dpkg/triggers")
	if err := os.WriteFile(filepath.Join(root, "var/lib/dpkg/status"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out := run(t, exec.Command("dpkg", "--root="+root, "-i", r.find(t, "the Debian package", linuxPackage("deb")))); code != 0 {
		t.Fatalf("dpkg -i: exit %d: %s", code, out)
	}
	installed(t, r, root)
	if code, out := run(t, exec.Command("dpkg", "--root="+root, "-s", "panther-preflight")); code != 0 || !strings.Contains(out, "Status: install ok installed") {
		t.Errorf("dpkg -s: exit %d: %s", code, out)
	}
	if code, out := run(t, exec.Command("dpkg", "--root="+root, "-r", "panther-preflight")); code != 0 {
		t.Errorf("dpkg -r: exit %d: %s", code, out)
	}
	removed(t, root)
}

// TestTheRPMInstalls does the same with rpm.
func TestTheRPMInstalls(t *testing.T) {
	r := snapshot(t)
	needed(t, "rpm")
	administrator(t)
	root := emptyRoot(t)
	if code, out := run(t, exec.Command("rpm", "--root="+root, "-i", "--ignorearch", r.find(t, "the RPM package", linuxPackage("rpm")))); code != 0 {
		t.Fatalf("rpm -i: exit %d: %s", code, out)
	}
	installed(t, r, root)
	if code, out := run(t, exec.Command("rpm", "--root="+root, "-q", "--qf", "%{LICENSE} %{URL}", "panther-preflight")); code != 0 || !strings.HasPrefix(out, "Apache-2.0 https://") {
		t.Errorf("rpm -q: exit %d: %s", code, out)
	}
	if code, out := run(t, exec.Command("rpm", "--root="+root, "-e", "panther-preflight")); code != 0 {
		t.Errorf("rpm -e: exit %d: %s", code, out)
	}
	removed(t, root)
}

func installed(t *testing.T, r *release, root string) {
	t.Helper()
	runs(t, r, "/usr/bin/panther-preflight", "/usr/bin/releasecopy", inRoot(root))
	for _, name := range []string{"usr/bin/panther-preflight", "usr/bin/releasecopy"} {
		if info, err := os.Stat(filepath.Join(root, name)); err != nil || info.Mode() != 0o755 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
	if _, err := os.Stat(filepath.Join(root, "usr/share/doc/panther-preflight/copyright")); err != nil {
		t.Error(err)
	}
}

func removed(t *testing.T, root string) {
	t.Helper()
	if left, err := filepath.Glob(filepath.Join(root, "usr/bin/*")); err != nil || len(left) > 0 {
		t.Errorf("left of the package: %q, %v", left, err)
	}
}
