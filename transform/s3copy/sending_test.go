package s3copy

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// lying reads other bytes the second time, as a file does that changes meanwhile.
type lying struct {
	Store
	first atomic.Int64
}

// lyingAfter reads so many times what is there.
func lyingAfter(s Store, reads int64) *lying {
	l := &lying{Store: s}
	l.first.Store(reads)
	return l
}

func (l *lying) Open(ctx context.Context, o Object, off, n int64) (*Body, error) {
	body, err := l.Store.Open(ctx, o, off, n)
	if err != nil {
		return nil, err
	}
	if l.first.Add(-1) < 0 {
		text, _ := io.ReadAll(body)
		text[len(text)/2] ^= 1
		body.ReadCloser = memoryBody{io.NewSectionReader(bytes.NewReader(text), 0, int64(len(text)))}
	}
	return body, nil
}

// believing is a service that compares nothing: it takes whatever has the length
// that was announced.
func believing(t testing.TB, server *s3test.Server) (url string, whole *int) {
	whole = new(int)
	url = s3test.Proxy(t, server, func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut {
			return false
		}
		n, err := io.Copy(io.Discard, r.Body)
		if err == nil && n == r.ContentLength {
			*whole++
		}
		w.Header().Set("ETag", `"00000000000000000000000000000000"`)
		return true
	}, nil)
	return url, whole
}

// TestWhatIsSentIsHashedHere sends bytes that are not what was announced to a
// service that would take them.
func TestWhatIsSentIsHashedHere(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	server.Bucket(t, "first")
	published := []byte("what was published")
	sum := sha1.Sum(published)
	key := hex.EncodeToString(sum[:])
	dir := t.TempDir()
	writeFiles(t, dir, map[string]int{"small": 1000, "large": 2*minPart + 5, key: len(published), key + ".zip": 2*minPart + 5})
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	digest := func(o Object) Object {
		o, err := Digest(context.Background(), folder, o)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	for name, c := range map[string]struct {
		object Object
		from   Store
	}{
		"in one piece, with a digest": {digest(Object{Key: "small", Size: 1000, Stated: true}), lyingAfter(folder, 0)},
		"in parts, changed between":   {Object{Key: "large", Size: 2*minPart + 5, Stated: true}, lyingAfter(folder, 1)},
		"whole, with a digest": {func() Object {
			o := digest(Object{Key: "large", Size: 2*minPart + 5, Stated: true})
			o.Whole = true
			return o
		}(), lyingAfter(folder, 0)},
		"not its key's":           {Object{Key: key, Size: int64(len(published)), Stated: true}, folder},
		"in parts, not its key's": {Object{Key: key + ".zip", Size: 2*minPart + 5, Stated: true}, folder},
	} {
		url, whole := believing(t, server)
		c1 := &Copier{From: c.from, To: remote(t, server, url, "first"), Local: true, Observer: silent{}}
		out := c1.Execute(t.Context(), []Op{{Action: Copy, Object: c.object}})
		if !errors.Is(out[0].Err, ErrCorrupt) {
			t.Errorf("%s: %v", name, out[0].Err)
		}
		if *whole > 0 && len(c.object.Split()) == 1 {
			t.Errorf("%s: the last byte was sent", name)
		}
		if _, err := os.Stat(filepath.Join(server.Root, "first", c.object.Key)); err == nil {
			t.Errorf("%s has arrived", name)
		}
	}
}
