package s3copy

import (
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// impatient reaches a bucket through a proxy and waits for no answer long.
func impatient(t testing.TB, s *s3test.Server, url string) Store {
	return Retry(Limit(OpenBucket(s.Config(t, url), "first", GiveUpAfter(300*time.Millisecond)), NewLimiter(8, 64)), quick)
}

// stopping is a body that stops coming after some bytes, until the client has gone.
type stopping struct {
	io.ReadCloser
	left int
	gone <-chan struct{}
}

func (s *stopping) Read(p []byte) (int, error) {
	if s.left == 0 {
		<-s.gone
		return 0, io.ErrUnexpectedEOF
	}
	n, err := s.ReadCloser.Read(p[:min(len(p), s.left)])
	s.left -= n
	return n, err
}

// TestStallsAreTriedAgain has the first request of each kind answered never, or
// not to its end.
func TestStallsAreTriedAgain(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	server.Fill(t, "first", map[string][]byte{"there": content("there", 3<<20)})
	for name, stuck := range map[string]func(*http.Request) bool{
		"a listing": func(r *http.Request) bool { return r.URL.Query().Has("list-type") },
		"a look-up": func(r *http.Request) bool { return r.Method == http.MethodHead },
		"a reading": func(r *http.Request) bool {
			return r.Method == http.MethodGet && strings.HasSuffix(r.URL.Path, "/there")
		},
		"a writing": func(r *http.Request) bool { return r.Method == http.MethodPut },
	} {
		var hits atomic.Int32
		url := s3test.Proxy(t, server, func(_ http.ResponseWriter, r *http.Request) bool {
			if !stuck(r) || hits.Add(1) > 1 {
				return false
			}
			io.Copy(io.Discard, r.Body) //nolint:errcheck // as much as comes
			<-r.Context().Done()
			return true
		}, nil)
		s := impatient(t, server, url)
		done := make(chan error, 1)
		go func() {
			_, err := s.List(t.Context(), "")
			if err == nil {
				_, err = s.Stat(t.Context(), "there")
			}
			if err == nil {
				_, err = Digest(t.Context(), s, Object{Key: "there", Size: 3 << 20})
			}
			if err == nil {
				c := &Copier{From: Overlay(nil, map[string][]byte{"new-" + name: []byte("new")}), To: s, Local: true, Observer: silent{}}
				err = c.Execute(t.Context(), []Op{{Action: Copy, Object: InMemory("new-"+name, []byte("new"))}})[0].Err
			}
			done <- err
		}()
		select {
		case err := <-done:
			if err != nil || hits.Load() < 2 {
				t.Errorf("%s: %v after %d requests", name, err, hits.Load())
			}
		case <-time.After(15 * time.Second):
			t.Errorf("%s hangs", name)
		}
	}
}

// TestABodyThatStopsIsGoneOnWith stops an answer in its middle.
func TestABodyThatStopsIsGoneOnWith(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	body := content("there", 5<<20)
	server.Fill(t, "first", map[string][]byte{"there": body})
	var hits atomic.Int32
	gone := make(chan struct{})
	url := s3test.Proxy(t, server, nil, func(r *http.Response) error {
		if r.Request.Method == http.MethodGet && hits.Add(1) == 1 {
			r.Body = &stopping{r.Body, 1 << 20, gone}
		}
		return nil
	})
	defer close(gone)
	got, err := impatient(t, server, url).Open(t.Context(), Object{Key: "there", Size: 5 << 20}, 0, 5<<20)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(got)
	if err != nil || !bytes.Equal(text, body) || hits.Load() != 2 {
		t.Errorf("%d bytes in %d requests: %v", len(text), hits.Load(), err)
	}
}

// TestBeingBusyIsNoStall reads an answer more slowly than the limit allows the
// other end to be.
func TestBeingBusyIsNoStall(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	server.Fill(t, "first", map[string][]byte{"there": content("there", 200<<10)})
	var hits atomic.Int32
	url := s3test.Proxy(t, server, nil, func(r *http.Response) error { hits.Add(1); return nil })
	got, err := impatient(t, server, url).Open(t.Context(), Object{Key: "there", Size: 200 << 10}, 0, 200<<10)
	if err != nil {
		t.Fatal(err)
	}
	io.CopyN(io.Discard, got, 1000) //nolint:errcheck // told below
	time.Sleep(500 * time.Millisecond)
	if n, err := io.Copy(io.Discard, got); err != nil || n != 200<<10-1000 || hits.Load() != 1 {
		t.Errorf("%d more bytes in %d requests: %v", n, hits.Load(), err)
	}
}

// TestAConflictIsTriedAgain answers the first write of each kind with 409, as S3
// does while another request for the same key is under way.
func TestAConflictIsTriedAgain(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	server.Bucket(t, "first")
	dir := t.TempDir()
	writeFiles(t, dir, map[string]int{"small": 1000, "large": minPart + 5})
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	var put, completed atomic.Int32
	url := s3test.Proxy(t, server, func(w http.ResponseWriter, r *http.Request) bool {
		single := r.Method == http.MethodPut && !r.URL.Query().Has("partNumber")
		complete := r.Method == http.MethodPost && r.URL.Query().Has("uploadId")
		if single && put.Add(1) == 1 || complete && completed.Add(1) == 1 {
			io.Copy(io.Discard, r.Body) //nolint:errcheck // as much as comes
			s3test.Refuse(w, http.StatusConflict, "ConditionalRequestConflict", "The conditional request cannot succeed due to a conflicting operation against this resource.")
			return true
		}
		return false
	}, nil)
	c := &Copier{From: folder, To: remote(t, server, url, "first"), Local: true, Observer: silent{}}
	for _, o := range c.Execute(t.Context(), ops(t, folder)) {
		if o.Err != nil {
			t.Error(o.Err)
		}
	}
	for key, size := range map[string]int{"small": 1000, "large": minPart + 5} {
		if got, err := os.ReadFile(filepath.Join(server.Root, "first", key)); err != nil || !bytes.Equal(got, content(key, size)) {
			t.Errorf("%s: %v", key, err)
		}
	}
	if put.Load() < 2 || completed.Load() < 2 {
		t.Errorf("%d puts, %d completions", put.Load(), completed.Load())
	}
}
