package carry

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// vendorServer serves the fixture as the vendor does.
func vendorServer(t *testing.T, tls bool) (*s3test.Server, string, map[string][]byte) {
	t.Helper()
	files := fixture()
	us := s3test.Start(t, s3test.Options{TLS: tls})
	return us, us.Fill(t, vendor, files), files
}

func isObject(r *http.Request) bool {
	return strings.Count(strings.Trim(r.URL.Path, "/"), "/") > 0 && r.URL.RawQuery == "" || strings.Contains(r.URL.RawQuery, "x-id=GetObject")
}

// TestByteFlippedOnTheWay alters one byte of answers: once, which is asked for
// again, and every time, which must never be taken for the object.
func TestByteFlippedOnTheWay(t *testing.T) {
	us, _, files := vendorServer(t, false)
	for _, always := range []bool{false, true} {
		var flips atomic.Int64
		url := s3test.Proxy(t, us, nil, func(r *http.Response) error {
			if r.Request.Method == http.MethodGet && isObject(r.Request) && r.ContentLength > 30_000 && (always || flips.Load() == 0) {
				flips.Add(1)
				r.Body = s3test.Flip(r.Body, r.ContentLength/2)
			}
			return nil
		})
		dir := t.TempDir()
		r := run(t, job(t, bucket(t, us, url, vendor), folder(t, dir)))
		if flips.Load() == 0 {
			t.Fatal("nothing was altered")
		}
		if always {
			if wantNoneAltered(t, dir, files); r.ExitCode != 1 || exists(dir, entry) || !strings.Contains(reasons(r), s3copy.ErrCorrupt.Error()) {
				t.Errorf("exit %d: %s", r.ExitCode, reasons(r))
			}
			continue
		}
		if r.ExitCode != 0 {
			t.Errorf("exit %d: %s", r.ExitCode, reasons(r))
		}
		wantWhole(t, dir, files)
	}
}

func TestByteFlippedOnTheWayUp(t *testing.T) {
	files := fixture()
	dir := t.TempDir()
	layOut(t, dir, files)
	for _, always := range []bool{false, true} {
		cn := s3test.Start(t, s3test.Options{Region: "cn-north-1"})
		china := cn.Bucket(t, "china")
		var flips atomic.Int64
		url := s3test.Proxy(t, cn, func(_ http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodPut && r.ContentLength > 30_000 && (always || flips.Load() == 0) {
				flips.Add(1)
				r.Body = s3test.Flip(r.Body, r.ContentLength/2)
			}
			return false
		}, nil)
		r := run(t, job(t, folder(t, dir), bucket(t, cn, url, "china")))
		if flips.Load() == 0 {
			t.Fatal("nothing was altered")
		}
		if missing := wantNoneAltered(t, china, files); always && (r.ExitCode != 1 || exists(china, entry)) || !always && (r.ExitCode != 0 || missing != 0) {
			t.Errorf("always %v: exit %d, %d missing: %s", always, r.ExitCode, missing, reasons(r))
		}
	}
}

// TestByteFlippedOnDisk alters one byte of each file of a download in turn.
func TestByteFlippedOnDisk(t *testing.T) {
	us, root, files := vendorServer(t, false)
	dir := t.TempDir()
	if r := run(t, job(t, bucket(t, us, "", vendor), folder(t, dir))); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	cn := s3test.Start(t, s3test.Options{Region: "cn-north-1"})
	china := cn.Bucket(t, "china")
	n := 0
	for key, body := range files {
		n++
		empty := fmt.Sprintf("empty-%d", n)
		there := cn.Bucket(t, empty)
		path := filepath.Join(dir, filepath.FromSlash(key))
		altered := append([]byte{}, body...)
		altered[len(altered)/3] ^= 0x20
		if err := os.WriteFile(path, altered, 0o644); err != nil {
			t.Fatal(err)
		}
		if r := verify(t, folder(t, dir)); r.ExitCode != 1 {
			t.Errorf("verify finds %s whole", key)
		}
		r, err := job(t, folder(t, dir), bucket(t, cn, "", empty)).Run(context.Background())
		if err == nil && r.ExitCode != 1 || exists(there, entry) || exists(there, key) {
			t.Errorf("%s altered is uploaded", key)
		}
		r, err = job(t, bucket(t, us, "", vendor), folder(t, dir)).Run(context.Background())
		if err != nil || r.ExitCode != 1 || outcome(r, key).State != "refused" {
			t.Errorf("%s altered is taken for a finished download: %v", key, err)
		}
		if err := os.WriteFile(path, body, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if r := run(t, job(t, folder(t, dir), bucket(t, cn, "", "china"))); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	for _, place := range []struct {
		dir  string
		side Side
	}{{china, bucket(t, cn, "", "china")}, {root, bucket(t, us, "", vendor)}} {
		for key, body := range files {
			flip(t, filepath.Join(place.dir, filepath.FromSlash(key)), int64(len(body)/2))
			if r, err := Verify(context.Background(), place.side, version, Terms{Own: vendorBuckets(t)}, silent{}); err == nil && r.ExitCode != 1 || err != nil && !errors.Is(err, s3copy.ErrCorrupt) {
				t.Errorf("%s altered in %s is not found: %v", key, place.side.Name, err)
			}
			flip(t, filepath.Join(place.dir, filepath.FromSlash(key)), int64(len(body)/2))
		}
	}
}

// flip alters a byte where it is; what the server keeps beside the file stays.
func flip(t *testing.T, path string, at int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b [1]byte
	if _, err := f.ReadAt(b[:], at); err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	b[0] ^= 1
	if _, err := f.WriteAt(b[:], at); err != nil {
		t.Fatal(err)
	}
}

// TestStormOf503 has two of three requests refused.
func TestStormOf503(t *testing.T) {
	us, _, files := vendorServer(t, false)
	cn := s3test.Start(t, s3test.Options{Region: "cn-north-1"})
	china := cn.Bucket(t, "china")
	var n atomic.Int64
	storm := func(w http.ResponseWriter, r *http.Request) bool {
		if n.Add(1)%3 == 0 {
			return false
		}
		io.Copy(io.Discard, r.Body) //nolint:errcheck // the answer is what counts
		s3test.Refuse(w, http.StatusServiceUnavailable, "SlowDown", "Please reduce your request rate.")
		return true
	}
	dir := t.TempDir()
	patient := func(s *s3test.Server, name string) Side {
		b := quick
		b.Attempts = 40
		return InBucket(s3copy.OpenBucket(s.Config(t, s3test.Proxy(t, s, storm, nil)), name), name, s.Region, b, AsTheLinkGives())
	}
	if r := run(t, job(t, patient(us, vendor), folder(t, dir))); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	if r := run(t, job(t, folder(t, dir), patient(cn, "china"))); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	wantWhole(t, dir, files)
	wantWhole(t, china, files)
}

// TestDeniedHalfway takes the permission away after a few objects.
func TestDeniedHalfway(t *testing.T) {
	us, _, files := vendorServer(t, false)
	var n atomic.Int64
	var denying atomic.Bool
	denying.Store(true)
	url := s3test.Proxy(t, us, func(w http.ResponseWriter, r *http.Request) bool {
		if !denying.Load() || r.Method != http.MethodGet || !isObject(r) || strings.HasSuffix(r.URL.Path, ".yml") || n.Add(1) < 6 {
			return false
		}
		s3test.Refuse(w, http.StatusForbidden, "AccessDenied", "Access Denied")
		return true
	}, nil)
	dir := t.TempDir()
	r := run(t, job(t, bucket(t, us, url, vendor), folder(t, dir)))
	copied, _ := r.Count("copied")
	if r.ExitCode != 1 || copied == 0 || exists(dir, entry) || !strings.Contains(reasons(r), "access denied") {
		t.Errorf("exit %d, %d copied: %s", r.ExitCode, copied, reasons(r))
	}
	wantNoneAltered(t, dir, files)
	denying.Store(false)
	again := run(t, job(t, bucket(t, us, url, vendor), folder(t, dir)))
	if skipped, _ := again.Count("skipped"); again.ExitCode != 0 || skipped != copied {
		t.Errorf("again: exit %d, %d skipped of %d", again.ExitCode, skipped, copied)
	}
	wantWhole(t, dir, files)
}

func TestWrongRegionAndBucketAreTold(t *testing.T) {
	cn := s3test.Start(t, s3test.Options{Region: "cn-north-1"})
	cn.Bucket(t, "china")
	cfg := cn.Config(t, "")
	for _, c := range []struct {
		region, bucket, key string
		kind                error
	}{
		{"cn-northwest-1", "china", s3test.AccessKey, s3copy.ErrWrongRegion},
		{"cn-north-1", "nowhere", s3test.AccessKey, s3copy.ErrNoBucket},
	} {
		cfg.Region = c.region
		side := InBucket(s3copy.OpenBucket(cfg, c.bucket), c.bucket, c.region, quick, AsTheLinkGives())
		if _, err := job(t, side, folder(t, t.TempDir())).Run(context.Background()); !errors.Is(err, c.kind) {
			t.Errorf("download, %s in %s: %v", c.bucket, c.region, err)
		}
		dir := t.TempDir()
		layOut(t, dir, fixture())
		if _, err := job(t, folder(t, dir), side).Run(context.Background()); !errors.Is(err, c.kind) {
			t.Errorf("upload, %s in %s: %v", c.bucket, c.region, err)
		}
	}
}

// TestEncryptedBucket answers as a bucket with a KMS key does: the ETag is no
// digest of the bytes.
func TestEncryptedBucket(t *testing.T) {
	files := fixture()
	dir := t.TempDir()
	layOut(t, dir, files)
	cn := s3test.Start(t, s3test.Options{Region: "cn-north-1"})
	china := cn.Bucket(t, "china")
	encrypted := func(r *http.Response) error {
		if etag := r.Header.Get("ETag"); len(etag) == 34 && !strings.HasSuffix(r.Request.URL.Path, ".json") && !strings.Contains(r.Request.URL.RawQuery, "partNumber") {
			r.Header.Set("ETag", `"`+strings.Repeat("0", 32)+`"`)
			r.Header.Set("x-amz-server-side-encryption", "aws:kms")
		}
		return nil
	}
	var seen order
	to := func() Side { return bucket(t, cn, s3test.Proxy(t, cn, seen.fault, encrypted), "china") }
	var writes []int
	for range 2 {
		if r := run(t, job(t, folder(t, dir), to())); r.ExitCode != 0 {
			t.Fatal(reasons(r))
		}
		writes = append(writes, len(seen.keys))
	}
	// The manifest, and what a second part takes if the large object goes in parts,
	// which turns on how near the server seems.
	if extra := writes[0] - len(files) - 1; extra != 0 && extra != 3 || writes[1] != writes[0] {
		t.Errorf("writes after each run %v: %q", writes, seen.keys)
	}
	wantWhole(t, china, files)
}
