package s3copy

import (
	"bytes"
	"context"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// content is repeatable bytes that no two keys share.
func content(key string, size int) []byte {
	var seed [32]byte
	copy(seed[:], key)
	out := make([]byte, size)
	rand.NewChaCha8(seed).Read(out) //nolint:errcheck // it cannot fail
	return out
}

func writeFiles(t testing.TB, dir string, sizes map[string]int) {
	t.Helper()
	for key, size := range sizes {
		path := filepath.Join(dir, filepath.FromSlash(key))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content(key, size), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

type silent struct{}

func (silent) Moved(int64)  {}
func (silent) Done(Outcome) {}

var quick = Backoff{Attempts: 4, First: time.Millisecond, Most: 10 * time.Millisecond}

func remote(t testing.TB, s *s3test.Server, url, bucket string) Store {
	return Retry(Limit(OpenBucket(s.Config(t, url), bucket), NewLimiter(8, 256)), quick)
}

func ops(t testing.TB, s Store) []Op {
	t.Helper()
	all, err := s.List(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	pairs := make([]Pair, len(all))
	for i, o := range all {
		pairs[i].Source = o
	}
	return Plan(pairs, false)
}

func failures(outcomes []Outcome) error {
	var all []error
	for _, o := range outcomes {
		all = append(all, o.Err)
	}
	return errors.Join(all...)
}

// sizes meets every edge of the part size.
var sizes = map[string]int{
	"empty": 0, "one": 1, "v1.0.0/panther.yml": 5000, "a": minPart - 1, "b": minPart, "c": minPart + 1, "d": 2 * minPart, "e": 3*minPart + 17,
}

func TestUploadDownloadAndCopy(t *testing.T) {
	for _, tls := range []bool{false, true} {
		ctx := context.Background()
		server := s3test.Start(t, s3test.Options{TLS: tls, Region: "cn-north-1"})
		server.Bucket(t, "first")
		server.Bucket(t, "second")
		dir, back := t.TempDir(), t.TempDir()
		writeFiles(t, dir, sizes)
		folder, err := OpenFolder(dir)
		if err != nil {
			t.Fatal(err)
		}
		target, err := CreateFolder(back)
		if err != nil {
			t.Fatal(err)
		}
		first, second := remote(t, server, "", "first"), remote(t, server, "", "second")
		for _, c := range []*Copier{
			{From: folder, To: first, Local: true, Observer: silent{}},
			{From: first, To: second, Stream: true, Observer: silent{}},
			{From: second, To: target, Observer: silent{}},
		} {
			outcomes := c.Execute(ctx, ops(t, c.From))
			if err := failures(outcomes); err != nil || len(outcomes) != len(sizes) {
				t.Fatalf("tls %v: %d outcomes, %v", tls, len(outcomes), err)
			}
			for _, o := range outcomes {
				if o.State != Copied || len(o.Object.SHA256) != 64 {
					t.Errorf("%+v", o)
				}
			}
		}
		for key, size := range sizes {
			got, err := os.ReadFile(filepath.Join(back, filepath.FromSlash(key)))
			if err != nil || !bytes.Equal(got, content(key, size)) {
				t.Errorf("%s came back altered: %v", key, err)
			}
		}
	}
}
