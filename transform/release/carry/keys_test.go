package carry

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

func sha(body []byte) string { return fmt.Sprintf("%x", sha256.Sum256(body)) }

// keyed are the forms of a key that is the hash of its bytes.
func keyed(body []byte) []string {
	one, five, two := sha1.Sum(body), md5.Sum(body), sha256.Sum256(body)
	var keys []string
	for _, sum := range [][]byte{one[:], five[:], two[:]} {
		for _, end := range []string{"", ".zip", ".template"} {
			keys = append(keys, hex.EncodeToString(sum)+end)
		}
	}
	return keys
}

// altering is a release in which the object under a key has other bytes.
func altering(key string, size int) map[string][]byte {
	return map[string][]byte{
		entry: fmt.Appendf(nil, "Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {CodeUri: s3://%s/%s}}\n", vendor, key),
		key:   []byte(strings.Repeat("other bytes", size)),
	}
}

// TestAKeyThatIsAHashVouches carries and proves releases in which one object is
// not what its key says, with and without a manifest, by every way.
func TestAKeyThatIsAHashVouches(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	target := server.Bucket(t, "target")
	keys := keyed([]byte("what was published"))
	for i, key := range keys {
		name := fmt.Sprintf("vendor-%d", i)
		files := altering(key, 10)
		if i == 0 {
			files = altering(key, 1<<20) // in parts
		}
		server.Fill(t, name, files)
		dir := t.TempDir()
		layOut(t, dir, files)
		if i%2 == 1 {
			recordIn(t, dir, vendor, nil)
		}
		from, files1 := bucket(t, server, "", name), folder(t, dir)
		down := t.TempDir()
		for way, r := range map[string]*Result{
			"download":           run(t, job(t, from, folder(t, down))),
			"copy":               run(t, job(t, from, bucket(t, server, "", "target"))),
			"upload":             run(t, job(t, files1, bucket(t, server, "", "target"))),
			"transform":          run(t, job(t, files1, folder(t, t.TempDir()))),
			"verify of a bucket": verify(t, from),
			"verify of a folder": verify(t, files1),
		} {
			if r.ExitCode != exitNo || !strings.Contains(reasons(r), "--accept-altered "+key) {
				t.Errorf("%s of %s ends with %d: %s", way, key, r.ExitCode, reasons(r))
			}
		}
		if exists(target, entry) || exists(target, key) || exists(down, key) {
			t.Errorf("%s has arrived", key)
		}
	}
}

// TestAlteredIsAcceptedByName takes the one object that is named, and no other.
func TestAlteredIsAcceptedByName(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	keys := keyed([]byte("what was published"))
	files := altering(keys[0], 10)
	server.Fill(t, "source", files)
	target := server.Bucket(t, "target")
	from := bucket(t, server, "", "source")
	dir := t.TempDir()
	for _, to := range []Side{folder(t, dir), bucket(t, server, "", "target")} {
		j := job(t, from, to)
		j.Accept = []string{keys[1]}
		if r := run(t, j); r.ExitCode != exitNo || !strings.Contains(strings.Join(r.Warnings, " "), "no such object") {
			t.Errorf("another key is accepted: %d %q", r.ExitCode, r.Warnings)
		}
		j.Accept = []string{keys[0]}
		if r := run(t, j); r.ExitCode != exitOK || !strings.Contains(strings.Join(r.Warnings, " "), "was not compared") {
			t.Errorf("%d: %s", r.ExitCode, reasons(r))
		}
		if r := run(t, j); r.ExitCode != exitOK || outcome(r, keys[0]).State != "skipped" {
			t.Errorf("again: %d: %s", r.ExitCode, reasons(r))
		}
	}
	wantWhole(t, dir, files)
	wantWhole(t, target, files)
}

// TestAnAlteredCopyIsNotTheSame has bytes at both ends that are not what the key
// says: that they are the same proves nothing.
func TestAnAlteredCopyIsNotTheSame(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	key := keyed([]byte("what was published"))[0]
	files := altering(key, 10)
	server.Fill(t, "source", files)
	dir := t.TempDir()
	layOut(t, dir, files)
	if err := os.Remove(filepath.Join(dir, filepath.FromSlash(entry))); err != nil {
		t.Fatal(err)
	}
	r := run(t, job(t, bucket(t, server, "", "source"), folder(t, dir)))
	if r.ExitCode != exitNo || exists(dir, entry) {
		t.Errorf("%d: %s", r.ExitCode, reasons(r))
	}
}

// TestAManifestComparesSizes has a record that is right but for its size.
func TestAManifestComparesSizes(t *testing.T) {
	dir := t.TempDir()
	files := fixture()
	layOut(t, dir, files)
	recordIn(t, dir, vendor, nil)
	tool := version + "/tools/linux-amd64.zip"
	path := filepath.Join(dir, version, "manifest.json")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	wrong := strings.Replace(string(text), fmt.Sprintf("%q,\n      \"size\": %d", tool, len(files[tool])), fmt.Sprintf("%q,\n      \"size\": %d", tool, len(files[tool])+1), 1)
	if wrong == string(text) {
		t.Fatal("the record is not there")
	}
	layOut(t, dir, map[string][]byte{version + "/manifest.json": []byte(wrong)})
	if r := verify(t, folder(t, dir)); r.ExitCode != exitNo || !strings.Contains(outcome(r, tool).Reason, "the manifest records") {
		t.Errorf("verify ends with %d: %s", r.ExitCode, reasons(r))
	}
	to := t.TempDir()
	if r := run(t, job(t, folder(t, dir), folder(t, to))); r.ExitCode != exitNo || exists(to, entry) {
		t.Errorf("a copy ends with %d: %s", r.ExitCode, reasons(r))
	}
}

// TestFilesOfDesktopsAreLeftOut carries a folder that people have looked into.
func TestFilesOfDesktopsAreLeftOut(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	target := server.Bucket(t, "target")
	foreign := map[string][]byte{
		version + "/.DS_Store": []byte("1"), version + "/tools/Thumbs.db": []byte("2"), version + "/._panther.yml": []byte("3"),
		version + "/__MACOSX/x": []byte("4"), version + "/desktop.ini": []byte("5"),
	}
	files := fixture()
	dir := t.TempDir()
	layOut(t, dir, files)
	layOut(t, dir, foreign)
	r := run(t, job(t, folder(t, dir), bucket(t, server, "", "target")))
	if r.ExitCode != exitOK || len(r.LeftOut) != len(foreign) || len(r.Objects) != len(files) {
		t.Errorf("%d, %d objects, left out %q", r.ExitCode, len(r.Objects), r.LeftOut)
	}
	for key := range foreign {
		if exists(target, key) {
			t.Errorf("%s has arrived", key)
		}
	}
	// In a bucket, what lies under the version belongs to the release.
	server.Put(t, "target", map[string][]byte{version + "/.DS_Store": []byte("1")})
	down := t.TempDir()
	if r := run(t, job(t, bucket(t, server, "", "target"), folder(t, down))); r.ExitCode != exitOK || !exists(down, version+"/.DS_Store") {
		t.Errorf("download: %d %s", r.ExitCode, reasons(r))
	}
}

// TestWhatTheManifestDoesNotRecordIsLeftOut, unless it is asked for.
func TestWhatTheManifestDoesNotRecordIsLeftOut(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	target := server.Bucket(t, "target")
	files := fixture()
	dir := t.TempDir()
	layOut(t, dir, files)
	recordIn(t, dir, vendor, nil)
	notes := version + "/notes.txt"
	layOut(t, dir, map[string][]byte{notes: []byte("mine")})
	if r := verify(t, folder(t, dir)); r.ExitCode != exitOK || len(r.LeftOut) != 1 || r.LeftOut[0] != notes {
		t.Errorf("verify: %d, %q: %s", r.ExitCode, r.LeftOut, reasons(r))
	}
	j := job(t, folder(t, dir), bucket(t, server, "", "target"))
	if r := run(t, j); r.ExitCode != exitOK || exists(target, notes) || len(r.LeftOut) != 1 {
		t.Errorf("upload: %d, %q", r.ExitCode, r.LeftOut)
	}
	j.Extras = true
	if r := run(t, j); r.ExitCode != exitOK || !exists(target, notes) || len(r.LeftOut) != 0 {
		t.Errorf("upload with extras: %d, %q: %s", r.ExitCode, r.LeftOut, reasons(r))
	}
	all := maps.Clone(files)
	all[notes] = []byte("mine")
	wantWhole(t, target, all)
}
