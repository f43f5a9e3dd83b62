package carry

import (
	"fmt"
	"os"
	"path/filepath"
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
