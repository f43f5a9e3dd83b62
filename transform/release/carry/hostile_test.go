package carry

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

var hostile = []string{
	"../x", "a/../../x", "/abs", `C:\x`, `..\x`, "CON", "nul.txt", "dot.", "space ", strings.Repeat("k", 1024),
	"p\u0430nther.yml", "v1.2.3/./x", ".panther-preflight-x", "a\x01b",
}

// memoryStore is a bucket that may hold any key.
type memoryStore map[string][]byte

func (m memoryStore) List(_ context.Context, prefix string) ([]s3copy.Object, error) {
	var found []s3copy.Object
	for key, body := range m {
		if strings.HasPrefix(key, prefix) {
			found = append(found, s3copy.InMemory(key, body))
		}
	}
	return found, nil
}

func (m memoryStore) Stat(_ context.Context, key string) (s3copy.Object, error) {
	if body, ok := m[key]; ok {
		return s3copy.InMemory(key, body), nil
	}
	return s3copy.Object{}, &s3copy.Error{Op: "look up", Key: key, Kind: s3copy.ErrNotFound}
}

func (m memoryStore) Open(ctx context.Context, o s3copy.Object, off, n int64) (*s3copy.Body, error) {
	if safekey.Check(o.Key) != nil {
		return nil, errors.New("400 Bad Request: it is asked for " + o.Key)
	}
	if _, err := m.Stat(ctx, o.Key); err != nil {
		return nil, err
	}
	return s3copy.Overlay(nil, m).Open(ctx, o, off, n)
}

func (m memoryStore) Create(context.Context, s3copy.Object) (s3copy.Target, error) {
	return nil, errors.New("read only")
}

func inMemory(m memoryStore) Side {
	return Side{Name: "s3://hostile", Bucket: "hostile", Region: "us-east-1", Store: m, small: func(ctx context.Context, _ int) ([]s3copy.Object, bool, error) {
		all, err := m.List(ctx, "")
		return all, true, err
	}}
}

// TestHostileKeysAreRefusedByName refers to each key from a template, and has it
// lie under the version as well.
func TestHostileKeysAreRefusedByName(t *testing.T) {
	for _, key := range hostile {
		for _, where := range []string{"reference", "template", "listing"} {
			text, name := "Resources: {}\n", key
			store := memoryStore{}
			switch where {
			case "template":
				text = fmt.Sprintf("Resources: {S: {Type: AWS::Serverless::Application, Properties: {Location: %q}}}\n", "s3://"+vendor+"/"+key)
			case "reference":
				text = fmt.Sprintf("Resources: {L: {Type: AWS::Lambda::LayerVersion, Properties: {Content: {S3Bucket: %s, S3Key: %q}}}}\n", vendor, key)
			case "listing":
				name = version + "/" + key
			}
			store[entry], store[name] = []byte(text), []byte("payload")
			above := t.TempDir()
			dir := filepath.Join(above, "inside")
			r := run(t, job(t, inMemory(store), folder(t, dir)))
			if name == version+"//abs" || strings.HasPrefix(name, version+`/C:`) {
				name = version + "/" + key
			}
			if r.ExitCode != 1 || outcome(r, name).State != "refused" || !strings.Contains(outcome(r, name).Reason, "refused") {
				t.Errorf("%q by %s: exit %d, %+v", key, where, r.ExitCode, r.Objects)
			}
			wantOnly(t, above, "inside")
			if r := verify(t, inMemory(store)); r.ExitCode != 1 || outcome(r, name).State != "refused" {
				t.Errorf("verify, %q by %s: exit %d, %+v", key, where, r.ExitCode, r.Objects)
			}
		}
	}
}

func TestKeysThatCollideAreRefused(t *testing.T) {
	text := fmt.Sprintf("Resources: {A: {Type: AWS::Lambda::LayerVersion, Properties: {Content: {S3Bucket: %[1]s, S3Key: asset}}}, B: {Type: AWS::Lambda::LayerVersion, Properties: {Content: {S3Bucket: %[1]s, S3Key: Asset}}}}\n", vendor)
	dir := t.TempDir()
	r := run(t, job(t, inMemory(memoryStore{entry: []byte(text), "asset": []byte("1"), "Asset": []byte("2")}), folder(t, dir)))
	if r.ExitCode != 1 || !strings.Contains(reasons(r), "only in letter case") {
		t.Errorf("exit %d: %s", r.ExitCode, reasons(r))
	}
	wantOnly(t, dir)
}

// wantOnly holds that a folder has these names and no files below them.
func wantOnly(t *testing.T, dir string, names ...string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			t.Errorf("%s was written", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	found, err := os.ReadDir(dir)
	if err != nil || len(found) != len(names) {
		t.Errorf("%v, %v", found, err)
	}
}

// tmpfs mounts a small file system, where this user may.
func tmpfs(t *testing.T, options string) string {
	t.Helper()
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Skip("SKIP(mount) only root on Linux can mount a small file system")
	}
	dir := t.TempDir()
	if out, err := exec.Command("mount", "-t", "tmpfs", "-o", options, "none", dir).CombinedOutput(); err != nil {
		t.Skipf("SKIP(mount) %s", out)
	}
	t.Cleanup(func() {
		if out, err := exec.Command("umount", dir).CombinedOutput(); err != nil {
			t.Errorf("unmount %s: %s", dir, out)
		}
	})
	return dir
}

// TestDiskFull has room for half of the release, then for all of it.
func TestDiskFull(t *testing.T) {
	us, _, files := vendorServer(t, false)
	dir := tmpfs(t, "size=4m")
	to, err := s3copy.CreateFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := run(t, job(t, bucket(t, us, "", vendor), InFolder(to)))
	if r.ExitCode != 1 || !strings.Contains(reasons(r), "no space left") || exists(dir, entry) {
		t.Errorf("exit %d: %s", r.ExitCode, reasons(r))
	}
	if missing := wantNoneAltered(t, dir, files); missing == 0 {
		t.Error("everything fitted")
	}
	if out, err := exec.Command("mount", "-o", "remount,size=64m", dir).CombinedOutput(); err != nil {
		t.Fatalf("%s", out)
	}
	if r := run(t, job(t, bucket(t, us, "", vendor), InFolder(to))); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	wantWhole(t, dir, files)
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestReadOnlyFolder(t *testing.T) {
	us, _, _ := vendorServer(t, false)
	dir := tmpfs(t, "ro,size=1m")
	to, err := s3copy.CreateFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	r := run(t, job(t, bucket(t, us, "", vendor), InFolder(to)))
	if r.ExitCode != 1 || !strings.Contains(reasons(r), s3copy.ErrReadOnly.Error()) {
		t.Errorf("exit %d: %s", r.ExitCode, reasons(r))
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
}

// TestPartialUploadIsFound takes objects out of a bucket one by one.
func TestPartialUploadIsFound(t *testing.T) {
	files := fixture()
	dir := t.TempDir()
	layOut(t, dir, files)
	cn := s3test.Start(t, s3test.Options{Region: "cn-north-1"})
	china := cn.Bucket(t, "china")
	if r := run(t, job(t, folder(t, dir), bucket(t, cn, "", "china"))); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	for key, body := range files {
		path := filepath.Join(china, filepath.FromSlash(key))
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		r := verify(t, bucket(t, cn, "", "china"))
		if r.ExitCode != 1 || len(r.Missing) == 0 || r.Missing[0].Key != key {
			t.Errorf("%s is gone: exit %d, %+v", key, r.ExitCode, r.Missing)
		}
		if err := os.WriteFile(path, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
