package carry

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// slowly counts what passes of one object, a piece at a time.
type slowly struct {
	io.ReadCloser
	passed *atomic.Int64
}

func (s slowly) Read(p []byte) (int, error) {
	n, err := s.ReadCloser.Read(p[:min(len(p), 64<<10)])
	s.passed.Add(int64(n))
	time.Sleep(200 * time.Microsecond)
	return n, err
}

// left is how many bytes of the one object that is under way in a folder a
// later run can rely on: what is noted of its parts, or the length of the file
// that is written from its start to its end.
func left(t *testing.T, dir string) (bytes int64) {
	t.Helper()
	notes, err := filepath.Glob(filepath.Join(dir, ".panther-preflight-part-*.note"))
	if err != nil {
		t.Fatal(err)
	}
	if len(notes) == 0 {
		return 0
	}
	text, err := os.ReadFile(notes[0])
	if err != nil {
		return 0 // the run has ended meanwhile
	}
	header, lines, _ := strings.Cut(string(text), "\n")
	if strings.Contains(header, " true ") {
		info, err := os.Stat(strings.TrimSuffix(notes[0], ".note"))
		if err != nil {
			return 0
		}
		return info.Size()
	}
	parts := map[int]int64{}
	for line := range strings.Lines(lines) {
		var n int
		var done int64
		if _, err := fmt.Sscanf(line, "%d %d\n", &n, &done); err == nil && strings.HasSuffix(line, "\n") {
			parts[n] = max(parts[n], done)
		}
	}
	for _, done := range parts {
		bytes += done
	}
	return bytes
}

// TestKilledInTheMiddleOfALargeObject kills a download when half of an object
// is there: the next one asks for no byte of that half. Near, the object comes in one
// piece; far, in parts; between the runs the link may become the other.
func TestKilledInTheMiddleOfALargeObject(t *testing.T) {
	const size = 40 << 20
	body := make([]byte, size)
	rand.NewChaCha8([32]byte{9}).Read(body) //nolint:errcheck // it cannot fail
	sum := sha1.Sum(body)
	key := hex.EncodeToString(sum[:])
	files := map[string][]byte{
		key:   body,
		entry: []byte(fmt.Sprintf("Resources:\n  F: {Type: AWS::Serverless::Function, Properties: {CodeUri: s3://%s/%s}}\n", vendor, key)),
	}
	us := s3test.Start(t, s3test.Options{})
	us.Fill(t, vendor, files)
	for _, c := range []struct {
		name          string
		before, after time.Duration
	}{{"far", 20 * time.Millisecond, 20 * time.Millisecond}, {"near", 0, 0}, {"near, then far", 0, 20 * time.Millisecond}, {"far, then near", 20 * time.Millisecond, 0}} {
		// What the killed run still had under way is not the next one's.
		var killed, passed, latency atomic.Int64
		var again atomic.Bool
		latency.Store(int64(c.before))
		url := s3test.Proxy(t, us, func(http.ResponseWriter, *http.Request) bool {
			time.Sleep(time.Duration(latency.Load()))
			return false
		}, func(r *http.Response) error {
			if strings.HasSuffix(r.Request.URL.Path, key) && r.Request.Method == http.MethodGet {
				counter := &killed
				if again.Load() {
					counter = &passed
				}
				r.Body = slowly{r.Body, counter}
			}
			return nil
		})
		dir := t.TempDir()
		cmd := childCommand(t, "download", url, dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for deadline := time.Now().Add(time.Minute); left(t, dir) < size/2 && time.Now().Before(deadline); {
			time.Sleep(time.Millisecond)
		}
		cmd.Process.Kill() //nolint:errcheck // it may have ended
		cmd.Wait()         //nolint:errcheck // it was killed
		if exists(dir, key) {
			t.Fatalf("%s: it was over before it was killed", c.name)
		}
		there := left(t, dir)
		if there < size/2 {
			t.Fatalf("%s: %d of %d bytes are there after a minute", c.name, there, size)
		}
		again.Store(true)
		latency.Store(int64(c.after))
		r := run(t, job(t, bucket(t, us, url, vendor), folder(t, dir)))
		if r.ExitCode != 0 {
			t.Fatalf("%s: %s", c.name, reasons(r))
		}
		wantWhole(t, dir, files)
		if asked := passed.Load(); asked > size-there {
			t.Errorf("%s: %d of %d bytes were there, and %d were asked for", c.name, there, size, asked)
		}
		if found, err := filepath.Glob(filepath.Join(dir, ".*")); err != nil || len(found) != 0 {
			t.Errorf("%s: left behind: %v", c.name, found)
		}
	}
}

// TestWhatWasLeftIsNeverTrusted alters what an interrupted run left.
func TestWhatWasLeftIsNeverTrusted(t *testing.T) {
	files := fixture()
	us := s3test.Start(t, s3test.Options{})
	us.Fill(t, vendor, files)
	var stop atomic.Bool
	stop.Store(true)
	url := s3test.Proxy(t, us, func(w http.ResponseWriter, r *http.Request) bool {
		time.Sleep(8 * time.Millisecond)
		if !stop.Load() || !strings.HasPrefix(r.Header.Get("Range"), "bytes=8388608-") {
			return false
		}
		s3test.Refuse(w, http.StatusForbidden, "AccessDenied", "Access Denied")
		return true
	}, nil)
	dir := t.TempDir()
	if r := run(t, job(t, bucket(t, us, url, vendor), folder(t, dir))); r.ExitCode != 1 {
		t.Fatalf("exit %d", r.ExitCode)
	}
	found, err := filepath.Glob(filepath.Join(dir, ".panther-preflight-part-*.note"))
	if err != nil || len(found) != 1 {
		t.Fatalf("%v, %v", found, err)
	}
	flip(t, strings.TrimSuffix(found[0], ".note"), 12345)
	stop.Store(false)
	r, err := job(t, bucket(t, us, url, vendor), folder(t, dir)).Run(context.Background())
	if err != nil || r.ExitCode != 0 {
		t.Fatalf("%v: %s", err, reasons(r))
	}
	wantWhole(t, dir, files)
	if found, _ := os.ReadDir(dir); len(found) != 15 { // 14 assets and the version's folder
		t.Errorf("left behind: %v", found)
	}
}
