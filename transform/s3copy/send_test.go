package s3copy

import (
	"context"
	"crypto/sha256"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// slowDisk holds back all but the first two parts of a file until one part of
// it has been sent.
type slowDisk struct {
	Store
	sent chan struct{}
}

func (s slowDisk) Open(ctx context.Context, o Object, off, n int64) (*Body, error) {
	body, err := s.Store.Open(ctx, o, off, n)
	if err == nil && n == o.Size {
		body.ReadCloser = &heldBack{ReadCloser: body.ReadCloser, sent: s.sent}
	}
	return body, err
}

type heldBack struct {
	io.ReadCloser
	sent chan struct{}
	read int
}

func (h *heldBack) Read(p []byte) (int, error) {
	if h.read > 2*minPart {
		select {
		case <-h.sent:
		case <-time.After(20 * time.Second):
			return 0, &Error{Op: "read", Err: ErrTransient}
		}
	}
	n, err := h.ReadCloser.Read(p)
	h.read += n
	return n, err
}

// TestPartsAreSentWhileTheRestIsRead would not end if the digest of the whole
// object were waited for.
func TestPartsAreSentWhileTheRestIsRead(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	server.Bucket(t, "first")
	dir := t.TempDir()
	writeFiles(t, dir, map[string]int{"large": 5*minPart + 99})
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	sent := make(chan struct{})
	var once sync.Once
	url := s3test.Proxy(t, server, nil, func(r *http.Response) error {
		if strings.Contains(r.Request.URL.RawQuery, "partNumber") {
			once.Do(func() { close(sent) })
		}
		return nil
	})
	to := Retry(Limit(OpenBucket(server.Config(t, url), "first"), NewLimiter(8, 8)), quick)
	c := &Copier{From: slowDisk{folder, sent}, To: to, Local: true, Observer: silent{}}
	outcomes := c.Execute(context.Background(), ops(t, folder))
	if err := failures(outcomes); err != nil {
		t.Fatal(err)
	}
	want, err := Digest(context.Background(), folder, Object{Key: "large", Size: 5*minPart + 99})
	if err != nil || want.SHA256 != outcomes[0].Object.SHA256 {
		t.Errorf("SHA-256 %s, the file's is %s: %v", outcomes[0].Object.SHA256, want.SHA256, err)
	}
	if back, err := Digest(context.Background(), to, want); err != nil || back.SHA256 != want.SHA256 {
		t.Errorf("the bucket holds something else: %v", err)
	}
}

// TestDigesterCutsWhereThePartsAre compares with the parts of a plan, whatever
// pieces the bytes come in.
func TestDigesterCutsWhereThePartsAre(t *testing.T) {
	for _, size := range []int{1, 9, 10, 11, 20, 25} {
		for _, piece := range []int{1, 3, 10, 99} {
			var parts []Part
			d := newDigester(10, func(p Part) error { parts = append(parts, p); return nil })
			body := content("digested", size)
			for rest := body; len(rest) > 0; {
				n := min(piece, len(rest))
				d.Write(rest[:n]) //nolint:errcheck // each takes every part
				rest = rest[n:]
			}
			if err := d.end(); err != nil {
				t.Fatal(err)
			}
			var off int64
			for i, p := range parts {
				want := min(10, int64(size)-off)
				if p.Number != i+1 || p.Offset != off || p.Size != want || string(p.SHA256) != string(digestOf(body[off:off+want])) {
					t.Errorf("%d bytes by %d: part %d is %+v", size, piece, i+1, p)
				}
				off += p.Size
			}
			if off != int64(size) {
				t.Errorf("%d bytes by %d: the parts hold %d", size, piece, off)
			}
		}
	}
}

func digestOf(body []byte) []byte {
	sum := sha256.Sum256(body)
	return sum[:]
}
