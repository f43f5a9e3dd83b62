package carry

import (
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
	"github.com/panther-preflight/panther-preflight/transform/release"
)

// order records the keys in the order in which they were written.
type order struct {
	mu   sync.Mutex
	keys []string
	read int
}

func (o *order) fault(_ http.ResponseWriter, r *http.Request) bool {
	o.mu.Lock()
	defer o.mu.Unlock()
	_, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	switch {
	case r.Method == http.MethodPut || r.Method == http.MethodPost:
		o.keys = append(o.keys, key)
	case r.Method == http.MethodGet && key != "" && !strings.HasSuffix(key, ".yml") && key != version+"/manifest.json":
		o.read++
	}
	return false
}

func TestDownloadThenUploadThenVerify(t *testing.T) {
	files := fixture()
	for _, tls := range []bool{false, true} {
		us := s3test.Start(t, s3test.Options{TLS: tls})
		cn := s3test.Start(t, s3test.Options{TLS: tls, Region: "cn-north-1"})
		us.Fill(t, vendor, files)
		china := cn.Bucket(t, "china")
		dir := t.TempDir()

		r := run(t, job(t, bucket(t, us, "", vendor), folder(t, dir)))
		if n, _ := r.Count("copied"); r.ExitCode != 0 || n != len(files) {
			t.Fatalf("%d of %d copied, exit %d: %s", n, len(files), r.ExitCode, reasons(r))
		}
		wantWhole(t, dir, files)
		if r := verify(t, folder(t, dir)); r.ExitCode != 0 || len(r.Objects) != len(files) {
			t.Errorf("the folder: exit %d, %s", r.ExitCode, reasons(r))
		}
		if len(r.Images) != 1 || !slices.Contains(r.Images[0].Commands, "docker pull 349240696275.dkr.ecr.us-east-1.amazonaws.com/panther-community:1.2.3") {
			t.Errorf("images: %+v", r.Images)
		}

		var seen order
		to := bucket(t, cn, s3test.Proxy(t, cn, seen.fault, nil), "china")
		if r := run(t, job(t, folder(t, dir), to)); r.ExitCode != 0 {
			t.Fatalf("upload: %s", reasons(r))
		}
		wantWhole(t, china, files)
		last := seen.keys[len(seen.keys)-2:]
		slices.Sort(last)
		if !slices.Equal(last, []string{entry, version + "/proxy_panther.yml"}) || seen.keys[len(seen.keys)-3] != version+"/manifest.json" {
			t.Errorf("the last to be written were %q", seen.keys[len(seen.keys)-3:])
		}
		if r := verify(t, bucket(t, cn, "", "china")); r.ExitCode != 0 || len(r.Objects) != len(files) {
			t.Errorf("the bucket: exit %d, %s", r.ExitCode, reasons(r))
		}
		written := len(seen.keys)
		if r := run(t, job(t, folder(t, dir), to)); r.ExitCode != 0 || len(seen.keys) != written {
			t.Errorf("again: exit %d, wrote %q", r.ExitCode, seen.keys[written:])
		}
	}
}

func TestCopyStreamsBetweenBuckets(t *testing.T) {
	files := fixture()
	us := s3test.Start(t, s3test.Options{})
	cn := s3test.Start(t, s3test.Options{Region: "cn-north-1", TLS: true})
	us.Fill(t, vendor, files)
	china := cn.Bucket(t, "china")
	var seen order
	from := bucket(t, us, s3test.Proxy(t, us, seen.fault, nil), vendor)
	if r := run(t, job(t, from, bucket(t, cn, "", "china"))); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	wantWhole(t, china, files)
	if r := verify(t, bucket(t, cn, "", "china")); r.ExitCode != 0 {
		t.Error(reasons(r))
	}
	if err := os.Remove(filepath.Join(china, entry)); err != nil {
		t.Fatal(err)
	}
	seen.read = 0
	if r := run(t, job(t, from, bucket(t, cn, "", "china"))); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	wantWhole(t, china, files)
	if seen.read > 1 { // the child template
		t.Errorf("%d objects that were there were read again", seen.read)
	}
}

func TestMissingAssetIsNamedWithItsLine(t *testing.T) {
	files := fixture()
	us := s3test.Start(t, s3test.Options{})
	root := us.Fill(t, vendor, files)
	var gone string
	for key, body := range files {
		if len(body) == 9000 {
			gone = key
		}
	}
	if err := os.Remove(filepath.Join(root, gone)); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	r := run(t, job(t, bucket(t, us, "", vendor), folder(t, dir)))
	if r.ExitCode != 1 || len(r.Missing) != 1 || r.Missing[0].Key != gone || !strings.HasSuffix(r.Missing[0].ReferencedBy[0], ":4:63") {
		t.Errorf("exit %d, %+v", r.ExitCode, r.Missing)
	}
	if exists(dir, entry) {
		t.Error("the entry template is there without all it reaches")
	}
}

func TestDifferingObjectStopsTheRun(t *testing.T) {
	files := fixture()
	cn := s3test.Start(t, s3test.Options{Region: "cn-north-1"})
	china := cn.Bucket(t, "china")
	dir := t.TempDir()
	layOut(t, dir, files)
	other := version + "/tools/linux-amd64.zip"
	layOut(t, china, map[string][]byte{other: []byte("B tool")})
	j := job(t, folder(t, dir), bucket(t, cn, "", "china"))
	r := run(t, j)
	if r.ExitCode != 1 || outcome(r, other).State != "refused" {
		t.Errorf("exit %d, %+v", r.ExitCode, outcome(r, other))
	}
	if found, _ := os.ReadDir(china); len(found) != 1 {
		t.Errorf("something was written: %v", found)
	}
	j.To, j.Overwrite = bucket(t, cn, "", "china"), true
	if r := run(t, j); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	wantWhole(t, china, files)
}

func TestDryRunWritesNothing(t *testing.T) {
	files := fixture()
	us := s3test.Start(t, s3test.Options{})
	us.Fill(t, vendor, files)
	dir := t.TempDir()
	j := job(t, bucket(t, us, "", vendor), folder(t, dir))
	j.DryRun = true
	r := run(t, j)
	if n, _ := r.Count("planned"); r.ExitCode != 0 || n != len(files) {
		t.Errorf("exit %d, %d planned", r.ExitCode, n)
	}
	if found, _ := os.ReadDir(dir); len(found) != 0 {
		t.Errorf("written: %v", found)
	}
}

func TestMixedVersionsAreRefused(t *testing.T) {
	files := fixture()
	files[entry] = []byte(strings.ReplaceAll(string(files[entry]), "Version: 1.2.3", "Version: 1.2.2"))
	cn := s3test.Start(t, s3test.Options{Region: "cn-north-1"})
	china := cn.Bucket(t, "china")
	dir := t.TempDir()
	layOut(t, dir, files)
	r := run(t, job(t, folder(t, dir), bucket(t, cn, "", "china")))
	if r.ExitCode != 1 || len(r.Problems) != 1 || exists(china, entry) {
		t.Errorf("exit %d, %q", r.ExitCode, r.Problems)
	}
}

// TestRewrittenReleaseHoldsOnlyWhatItReaches replaces the child template by one
// that needs nothing.
func TestRewrittenReleaseHoldsOnlyWhatItReaches(t *testing.T) {
	files := fixture()
	dir, out := t.TempDir(), t.TempDir()
	layOut(t, dir, files)
	j := job(t, folder(t, dir), folder(t, out))
	j.Rewrite = func(given Templates) (Rewriting, error) {
		templates := given.Files
		if given.Entry != entry || len(templates) != 2 || !given.There(entry) || !slices.Equal(given.Buckets, []string{vendor}) {
			t.Errorf("given %s, %d templates, %q", given.Entry, len(templates), given.Buckets)
		}
		done := Rewriting{Templates: map[string][]byte{"newchild": []byte("Resources: {}\n")}, Report: "done"}
		for key := range templates {
			if key != entry {
				done.Templates[entry] = []byte(strings.ReplaceAll(string(templates[entry]), key, "newchild"))
			}
		}
		return done, nil
	}
	r := run(t, j)
	if r.ExitCode != 0 || r.Transform != "done" {
		t.Fatalf("exit %d: %s %v", r.ExitCode, reasons(r), r.Missing)
	}
	var got []string
	for _, o := range r.Objects {
		got = append(got, o.Kind)
	}
	slices.Sort(got)
	if !slices.Equal(got, []string{"asset", "entry", "entry", "extra", "template"}) {
		t.Errorf("%q", got)
	}
	if r := verify(t, folder(t, out)); r.ExitCode != 0 {
		t.Errorf("exit %d: %s", r.ExitCode, reasons(r))
	}
	text, err := os.ReadFile(filepath.Join(out, version, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	if m, err := release.ParseManifest(text, version); err != nil || len(m.Objects) != 5 {
		t.Errorf("%v", err)
	}
}
