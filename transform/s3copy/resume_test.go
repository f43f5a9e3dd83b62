package s3copy

import (
	"context"
	"io"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// TestInterruptedUploadIsTakenUp breaks an upload off after three of its five
// parts: the next run sends the other two. One that has the service beside it
// sends the object in one piece, and leaves nothing of the parts.
func TestInterruptedUploadIsTakenUp(t *testing.T) {
	for _, near := range []bool{false, true} {
		interrupted(t, near)
	}
}

func interrupted(t *testing.T, near bool) {
	server := s3test.Start(t, s3test.Options{})
	server.Bucket(t, "first")
	dir := t.TempDir()
	writeFiles(t, dir, map[string]int{"large": 4*minPart + 99})
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	var sent atomic.Int64
	most := int64(3)
	url := s3test.Proxy(t, server, func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut || !strings.Contains(r.URL.RawQuery, "partNumber") || sent.Add(1) <= most {
			return false
		}
		io.Copy(io.Discard, r.Body) //nolint:errcheck // the answer is what counts
		s3test.Refuse(w, http.StatusForbidden, "AccessDenied", "Access Denied")
		return true
	}, nil)
	to := Retry(Limit(OpenBucket(server.Config(t, url), "first"), NewLimiter(1, 1)), quick)
	c := &Copier{From: folder, To: to, Local: true, Observer: silent{}}
	if failures(c.Execute(context.Background(), ops(t, folder))) == nil {
		t.Fatal("the upload did not break off")
	}
	sent.Store(0)
	most = 5
	c.Near = func() bool { return near }
	outcomes := c.Execute(context.Background(), ops(t, folder))
	if err := failures(outcomes); err != nil {
		t.Fatal(err)
	}
	if n := sent.Load(); n != 2 && !near {
		t.Errorf("%d parts were sent, 2 were missing", n)
	}
	wantNoUploads(t, s3.NewFromConfig(server.Config(t, "")), "first")
	back, err := Digest(context.Background(), to, Object{Key: "large", Size: 4*minPart + 99, SHA256: outcomes[0].Object.SHA256})
	if err != nil || back.SHA256 != outcomes[0].Object.SHA256 {
		t.Errorf("it is not the file: %v", err)
	}
}
