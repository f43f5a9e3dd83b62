package carry

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
	"github.com/panther-preflight/panther-preflight/transform/release"
)

// naming is an entry template whose child is named in a bucket.
func naming(bucket string) map[string][]byte {
	return map[string][]byte{entry: fmt.Appendf(nil,
		"Resources:\n  Child: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://%s.s3.us-east-1.amazonaws.com/0157fc835bf3cc0e7a123bcfa7ebe76dd20bf624'}}\n", bucket)}
}

// TestAChildInTheBucketItselfIsMissing has nothing but an entry template, whose
// child is said to be where it is not.
func TestAChildInTheBucketItselfIsMissing(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	target := server.Bucket(t, "target")
	for _, name := range []string{"mine", "mine-${AWS::Region}", "mine-us-east-1"} {
		holder := "mine"
		if name != "mine" {
			holder = "mine-us-east-1"
		}
		if !exists(server.Root, holder) {
			server.Bucket(t, holder)
		}
		server.Put(t, holder, naming(name))
		side := bucket(t, server, "", holder)
		if r := verify(t, side); r.ExitCode != exitNo || len(r.Missing) != 1 {
			t.Errorf("%s: verify ends with %d, missing %v", name, r.ExitCode, r.Missing)
		}
		if r := run(t, job(t, side, bucket(t, server, "", "target"))); r.ExitCode != exitNo || exists(target, entry) {
			t.Errorf("%s: copy ends with %d", name, r.ExitCode)
		}
	}
	for _, where := range []string{"target", "recorded", "also"} {
		dir := t.TempDir()
		layOut(t, dir, naming(where))
		if where == "recorded" {
			recordIn(t, dir, "recorded", nil)
		}
		j := job(t, folder(t, dir), bucket(t, server, "", "target"))
		j.Also = []string{"also"}
		if r := run(t, j); r.ExitCode != exitNo || len(r.Missing) != 1 || exists(target, entry) {
			t.Errorf("%s: upload ends with %d, missing %v", where, r.ExitCode, r.Missing)
		}
	}
}

// recordIn writes a manifest of what a folder holds, and of more.
func recordIn(t testing.TB, dir, bucket string, more map[string][]byte) {
	t.Helper()
	m := release.Manifest{Release: version, Bucket: bucket}
	add := func(key string, body []byte, kind release.Kind) {
		m.Objects = append(m.Objects, release.Record{Key: key, Size: int64(len(body)), SHA256: sha(body), Kind: kind})
	}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(path)
		key := filepath.ToSlash(strings.TrimPrefix(path, dir+string(filepath.Separator)))
		kind := release.Asset
		if key == entry {
			kind = release.Entry
		}
		add(key, body, kind)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for key, body := range more {
		add(key, body, release.Extra)
	}
	text, err := m.Marshal()
	if err != nil {
		t.Fatal(err)
	}
	layOut(t, dir, map[string][]byte{release.Version(version).Manifest(): text})
}

// TestAChildInAnUnknownBucketIsUnknown is neither whole nor missing.
func TestAChildInAnUnknownBucketIsUnknown(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	server.Fill(t, "mine", naming("of-somebody"))
	server.Bucket(t, "target")
	side := bucket(t, server, "", "mine")
	dir := t.TempDir()
	layOut(t, dir, naming("of-somebody"))
	recordIn(t, dir, "", nil)
	for name, r := range map[string]*Result{
		"verify of a bucket": verify(t, side),
		"verify of a folder": verify(t, folder(t, dir)),
		"download":           run(t, job(t, side, folder(t, t.TempDir()))),
		"copy":               run(t, job(t, side, bucket(t, server, "", "target"))),
		"upload":             run(t, job(t, folder(t, dir), bucket(t, server, "", "target"))),
		"transform":          run(t, job(t, folder(t, dir), folder(t, t.TempDir()))),
	} {
		if r.ExitCode != exitUnknown || !strings.Contains(strings.Join(r.Warnings, "\n"), "could not be determined") {
			t.Errorf("%s ends with %d: %q", name, r.ExitCode, r.Warnings)
		}
	}
}

// TestWhatTheManifestRecordsMustBeThere has a tool recorded that is gone.
func TestWhatTheManifestRecordsMustBeThere(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	target := server.Bucket(t, "target")
	dir := t.TempDir()
	layOut(t, dir, fixture())
	recordIn(t, dir, vendor, map[string][]byte{version + "/tools/gone.zip": []byte("gone")})
	r := run(t, job(t, folder(t, dir), bucket(t, server, "", "target")))
	if r.ExitCode != exitNo || len(r.Missing) != 1 || r.Missing[0].Key != version+"/tools/gone.zip" || exists(target, entry) {
		t.Errorf("upload ends with %d, missing %v", r.ExitCode, r.Missing)
	}
}
