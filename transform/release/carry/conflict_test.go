package carry

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// TestAConflictingManifestStopsBeforeAnythingIsWritten has one stand at the
// destination that could not be replaced at the end.
func TestAConflictingManifestStopsBeforeAnythingIsWritten(t *testing.T) {
	const zeros = "0000000000000000000000000000000000000000000000000000000000000000"
	record := func(key string) string {
		return `{"schema_version": 1, "release": "` + version + `", "objects": [{"key": "` + key + `", "size": 1, "sha256": "` + zeros + `", "kind": "asset"}]}`
	}
	for name, manifest := range map[string]string{"no manifest": "{}", "other bytes": record(entry), "more than there is": record("elsewhere")} {
		files := fixture()
		dir := t.TempDir()
		layOut(t, dir, files)
		cn := s3test.Start(t, s3test.Options{Region: "cn-north-1"})
		root := cn.Bucket(t, "china")
		cn.Put(t, "china", map[string][]byte{version + "/manifest.json": []byte(manifest)})
		for _, dry := range []bool{true, false} {
			j := job(t, folder(t, dir), bucket(t, cn, "", "china"))
			j.DryRun = dry
			if r := run(t, j); r.ExitCode != 1 || !strings.Contains(strings.Join(r.Problems, "; "), "manifest") {
				t.Errorf("%s, dry run %v: exit %d, %q", name, dry, r.ExitCode, r.Problems)
			}
		}
		for key := range files {
			if _, err := os.Stat(filepath.Join(root, key)); err == nil {
				t.Errorf("%s: %s was written", name, key)
			}
		}
		j := job(t, folder(t, dir), bucket(t, cn, "", "china"))
		j.Overwrite = true
		if r := run(t, j); r.ExitCode != 0 {
			t.Errorf("%s, to be overwritten: %q, %s", name, r.Problems, reasons(r))
		}
	}
}
