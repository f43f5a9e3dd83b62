package carry

import (
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// asked counts the requests for each key of a bucket, by method.
type asked struct {
	mu    sync.Mutex
	times map[string]int
}

func (a *asked) fault(_ http.ResponseWriter, r *http.Request) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	_, key, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/"), "/")
	a.times[r.Method+" "+key]++
	return false
}

// TestNothingIsAskedForTwice holds what each object costs on a long link: one
// request, also for the templates that are read before anything is moved.
func TestNothingIsAskedForTwice(t *testing.T) {
	files := fixture()
	us := s3test.Start(t, s3test.Options{})
	us.Fill(t, vendor, files)
	seen := asked{times: map[string]int{}}
	from := bucket(t, us, s3test.Proxy(t, us, seen.fault, nil), vendor)
	dir := t.TempDir()
	if r := run(t, job(t, from, folder(t, dir))); r.ExitCode != 0 {
		t.Fatal(reasons(r))
	}
	wantWhole(t, dir, files)
	// How near the service is may be asked for again where the machine is busy.
	delete(seen.times, "HEAD "+entry)
	for what, times := range seen.times {
		if large := len(files[strings.TrimPrefix(what, "GET ")]) > 8<<20; times > 1 && !large {
			t.Errorf("%s: %d times", what, times)
		}
	}
	if seen.times["GET "+entry] != 1 {
		t.Errorf("the entry template was asked for %d times", seen.times["GET "+entry])
	}
}
