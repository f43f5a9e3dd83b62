package carry

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// TestAManifestOfManyObjects is larger than any template, and is read: what it
// records of 20,000 objects that are gone is missing.
func TestAManifestOfManyObjects(t *testing.T) {
	dir := t.TempDir()
	layOut(t, dir, map[string][]byte{entry: []byte("Resources: {}\n")})
	gone := map[string][]byte{}
	for i := range 20_000 {
		gone[fmt.Sprintf("%s/tools/%0240d/%0240d.zip", version, i%50, i)] = fmt.Appendf(nil, "tool %d", i)
	}
	recordIn(t, dir, vendor, gone)
	if info, err := os.Stat(filepath.Join(dir, version, "manifest.json")); err != nil || info.Size() <= yamldoc.MaxBytes {
		t.Fatalf("the manifest is too small to prove anything: %v", err)
	}
	if r := verify(t, folder(t, dir)); r.ExitCode != exitNo || len(r.Missing) != len(gone) {
		t.Errorf("verify ends with %d: %d missing, %q", r.ExitCode, len(r.Missing), r.Problems)
	}
}

// TestManyObjectsAreListed carries more objects than one listing tells: the
// bucket is listed on in the place of a look-up of each, and what a manifest
// records is proved with one request.
func TestManyObjectsAreListed(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	held := server.Bucket(t, vendor)
	server.Bucket(t, "target")
	files := map[string][]byte{}
	template := "Resources:\n"
	for i := range 1200 {
		key := fmt.Sprintf("package-%d", i)
		files[key] = fmt.Appendf(nil, "package %d", i)
		template += fmt.Sprintf("  F%d: {Type: AWS::Serverless::Function, Properties: {CodeUri: s3://%s/%s}}\n", i, vendor, key)
	}
	files[entry] = []byte(template)
	layOut(t, held, files)
	seen := asked{times: map[string]int{}}
	url := s3test.Proxy(t, server, seen.fault, nil)
	dir := t.TempDir()
	if r := run(t, job(t, bucket(t, server, url, vendor), folder(t, dir))); r.ExitCode != exitOK || len(r.Objects) != len(files) {
		t.Fatalf("%d: %d objects, %s", r.ExitCode, len(r.Objects), reasons(r))
	}
	wantWhole(t, dir, files)
	if r := run(t, job(t, folder(t, dir), bucket(t, server, url, "target"))); r.ExitCode != exitOK {
		t.Fatalf("%d: %s", r.ExitCode, reasons(r))
	}
	if r := verify(t, bucket(t, server, url, "target")); r.ExitCode != exitOK || len(r.Objects) != len(files) {
		t.Fatalf("%d: %d objects, %s", r.ExitCode, len(r.Objects), reasons(r))
	}
	looked := 0
	for what, times := range seen.times {
		if strings.HasPrefix(what, "HEAD package-") {
			looked += times
		}
	}
	if looked > 0 {
		t.Errorf("%d look-ups", looked)
	}
}

// TestADottedBucketOverTLS goes both ways.
func TestADottedBucketOverTLS(t *testing.T) {
	server := s3test.Start(t, s3test.Options{TLS: true})
	target := server.Bucket(t, "my.dotted.bucket")
	files := fixture()
	dir, down := t.TempDir(), t.TempDir()
	layOut(t, dir, files)
	there := bucket(t, server, "", "my.dotted.bucket")
	if r := run(t, job(t, folder(t, dir), there)); r.ExitCode != exitOK {
		t.Errorf("%d: %s", r.ExitCode, reasons(r))
	}
	wantWhole(t, target, files)
	if r := run(t, job(t, there, folder(t, down))); r.ExitCode != exitOK {
		t.Errorf("%d: %s", r.ExitCode, reasons(r))
	}
	wantWhole(t, down, files)
}

// TestADeleteMarkerIsNoObject has a bucket that keeps versions answer for a
// package that was deleted as S3 does: what is gone is missing, what is there
// has a version, and an upload puts it back.
func TestADeleteMarkerIsNoObject(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	files := fixture()
	server.Fill(t, vendor, files)
	var gone string
	for key, body := range files {
		if len(body) == 9000 {
			gone = key
		}
	}
	if err := os.Remove(filepath.Join(server.Root, vendor, gone)); err != nil {
		t.Fatal(err)
	}
	var marked atomic.Int32
	for _, listed := range []bool{true, false} {
		deny := func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Query().Get("list-type") == "2" && !listed {
				s3test.Refuse(w, http.StatusForbidden, "AccessDenied", "Access Denied")
				return true
			}
			return false
		}
		url := s3test.Proxy(t, server, deny, func(r *http.Response) error {
			if r.StatusCode == http.StatusNotFound && strings.HasSuffix(r.Request.URL.Path, gone) {
				marked.Add(1)
				r.Header.Set("X-Amz-Delete-Marker", "true")
			}
			r.Header.Set("X-Amz-Version-Id", "3HL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY")
			return nil
		})
		side := bucket(t, server, url, vendor)
		if r := verify(t, side); r.ExitCode != exitNo || len(r.Missing) != 1 || r.Missing[0].Key != gone {
			t.Errorf("listed %v: verify ends with %d, missing %v", listed, r.ExitCode, r.Missing)
		}
		down := t.TempDir()
		if r := run(t, job(t, side, folder(t, down))); r.ExitCode != exitNo || exists(down, entry) {
			t.Errorf("listed %v: download ends with %d", listed, r.ExitCode)
		}
	}
	if marked.Load() == 0 {
		t.Error("nobody asked for what was deleted")
	}
	dir := t.TempDir()
	layOut(t, dir, files)
	side := bucket(t, server, "", vendor)
	if r := run(t, job(t, folder(t, dir), side)); r.ExitCode != exitOK || outcome(r, gone).State != "copied" {
		t.Errorf("upload ends with %d: %s", r.ExitCode, reasons(r))
	}
	if r := verify(t, side); r.ExitCode != exitOK {
		t.Errorf("verify ends with %d: %s", r.ExitCode, reasons(r))
	}
}
