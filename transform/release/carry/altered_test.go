package carry

import (
	"net/http"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// TestAlteredTemplateIsAnAnswer flips a byte of the entry template or of the
// manifest on the wire: once is healed, always is a no, with the key.
func TestAlteredTemplateIsAnAnswer(t *testing.T) {
	files := fixture()
	us := s3test.Start(t, s3test.Options{})
	us.Bucket(t, vendor)
	us.Put(t, vendor, files)
	us.Bucket(t, "recorded")
	if r := run(t, job(t, bucket(t, us, "", vendor), bucket(t, us, "", "recorded"))); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	for _, key := range []string{entry, version + "/manifest.json"} {
		for _, times := range []int{1, 99} {
			left := times
			flip := func(r *http.Response) error {
				if strings.HasSuffix(r.Request.URL.Path, key) && r.StatusCode == http.StatusOK && left > 0 {
					left--
					r.Body = s3test.Flip(r.Body, 20)
				}
				return nil
			}
			r := run(t, job(t, bucket(t, us, s3test.Proxy(t, us, nil, flip), "recorded"), folder(t, t.TempDir())))
			if altered := strings.Contains(strings.Join(r.Problems, "\n"), key); altered != (times > 1) || r.ExitCode != min(times-1, 1) {
				t.Errorf("%s flipped %d times: exit %d, %q, %s", key, times, r.ExitCode, r.Problems, reasons(r))
			}
		}
	}
}
