package s3copy

import (
	"context"
	"io"
	"io/fs"
	"net/http"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// TestFaultsSayWhatHappened has a service refuse for reasons that are easily
// taken for others.
func TestFaultsSayWhatHappened(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	for want, answer := range map[string]func(http.ResponseWriter){
		"the clock is off by 17 minutes": func(w http.ResponseWriter) {
			w.Header().Set("Date", time.Now().Add(-17*time.Minute).UTC().Format(http.TimeFormat))
			s3test.Refuse(w, http.StatusForbidden, "RequestTimeTooSkewed", "The difference between the request time and the current time is too large.")
		},
		"the bucket's quota": func(w http.ResponseWriter) {
			s3test.Refuse(w, http.StatusForbidden, "QuotaExceeded", "Full.")
		},
		"the bucket's quota is used up": func(w http.ResponseWriter) { w.WriteHeader(http.StatusInsufficientStorage) },
	} {
		url := s3test.Proxy(t, server, func(w http.ResponseWriter, r *http.Request) bool {
			io.Copy(io.Discard, r.Body) //nolint:errcheck // as much as comes
			answer(w)
			return true
		}, nil)
		_, err := remote(t, server, url, "first").List(t.Context(), "")
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q instead of %q", err, want)
		}
		if !hopeless(err) {
			t.Errorf("%v would be met again by every other object", err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	if _, err := remote(t, server, "", "first").Stat(ctx, "a"); err == nil || !strings.HasSuffix(err.Error(), ": canceled") && err != context.Canceled {
		t.Errorf("%v", err)
	}
}

func TestKindsOfFiles(t *testing.T) {
	for err, want := range map[error][2]error{
		fs.ErrPermission: {ErrReadOnly, ErrUnreadable}, syscall.EDQUOT: {ErrQuota, ErrQuota}, syscall.ENOSPC: {ErrNoSpace, ErrNoSpace}, fs.ErrNotExist: {ErrNotFound, ErrNotFound},
	} {
		if fileKind(err) != want[0] || readKind(err) != want[1] {
			t.Errorf("%v: %v, %v", err, fileKind(err), readKind(err))
		}
	}
}

type counting struct {
	silent
	n atomic.Int64
}

func (c *counting) Moved(n int64) { c.n.Add(n) }

// TestProgressCountsWhatArrived alters the first answer of each object on its way
// and refuses the first write of each: what came in vain is not counted.
func TestProgressCountsWhatArrived(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	server.Bucket(t, "first")
	dir := t.TempDir()
	sizes := map[string]int{"small": 1000, "large": minPart + 5}
	writeFiles(t, dir, sizes)
	from, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	var refused, flipped atomic.Int32
	url := s3test.Proxy(t, server, func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut || refused.Add(1) > 3 {
			return false
		}
		io.Copy(io.Discard, r.Body) //nolint:errcheck // as much as comes
		s3test.Refuse(w, http.StatusInternalServerError, "InternalError", "Again.")
		return true
	}, func(r *http.Response) error {
		if r.Request.Method == http.MethodGet && !r.Request.URL.Query().Has("list-type") && flipped.Add(1) <= 2 {
			r.Body = s3test.Flip(r.Body, 10)
		}
		return nil
	})
	back, err := CreateFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	bucket := remote(t, server, url, "first")
	for _, c := range []*Copier{{From: from, To: bucket, Local: true}, {From: bucket, To: back}} {
		seen := &counting{}
		c.Observer = seen
		for _, o := range c.Execute(t.Context(), ops(t, c.From)) {
			if o.Err != nil {
				t.Error(o.Err)
			}
		}
		if seen.n.Load() != 1000+minPart+5 {
			t.Errorf("%d bytes are counted of %d", seen.n.Load(), 1000+minPart+5)
		}
	}
	if refused.Load() < 4 || flipped.Load() < 3 {
		t.Errorf("%d, %d", refused.Load(), flipped.Load())
	}
}
