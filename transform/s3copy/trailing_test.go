package s3copy

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"testing/iotest"

	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

func TestTrailingIsFramedAndOfTheLengthItSays(t *testing.T) {
	for _, size := range []int{0, 1, 4096} {
		stream := newTrailing(bytes.NewReader(content("k", size)), int64(size))
		text := mustRead(t, stream)
		if _, err := stream.Seek(0, io.SeekStart); err != nil {
			t.Fatal(err)
		}
		if again := mustRead(t, iotest.OneByteReader(stream)); !bytes.Equal(again, text) {
			t.Errorf("%d bytes are framed otherwise when they are read again", size)
		}
		if int64(len(text)) != stream.length() {
			t.Errorf("%d bytes come, %d are said to", len(text), stream.length())
		}
		want := content("k", size)
		if size > 0 && !bytes.HasPrefix(text[bytes.IndexByte(text, '\n')+1:], append(want, "\r\n0\r\n"+trailerName+":"...)) {
			t.Errorf("%d bytes are framed as %.80q", size, text)
		}
	}
}

func mustRead(t *testing.T, r io.Reader) []byte {
	t.Helper()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func TestTrailingOfAFileThatShrank(t *testing.T) {
	if _, err := io.ReadAll(newTrailing(bytes.NewReader(make([]byte, 9)), 10)); !errors.Is(err, ErrChanged) {
		t.Errorf("%v", err)
	}
}

// TestAnswerThatWasLost has the bucket keep an object and the connection break
// before it says so: the object is taken for what it is.
func TestAnswerThatWasLost(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	server.Bucket(t, "first")
	dir := t.TempDir()
	writeFiles(t, dir, map[string]int{"small": 5000})
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	var lost atomic.Bool
	url := s3test.Proxy(t, server, nil, func(r *http.Response) error {
		if r.Request.Method == http.MethodPut && !lost.Swap(true) {
			return errors.New("the connection broke")
		}
		return nil
	})
	c := &Copier{From: folder, To: remote(t, server, url, "first"), Local: true, Observer: silent{}}
	if err := failures(c.Execute(context.Background(), ops(t, folder))); err != nil || !lost.Load() {
		t.Errorf("%v", err)
	}
}

// TestBytesAlteredAfterTheyWereHashed has a link alter what is sent: the
// service must refuse it by the sum that follows the bytes.
func TestBytesAlteredAfterTheyWereHashed(t *testing.T) {
	server := s3test.Start(t, s3test.Options{})
	bucket := server.Bucket(t, "first")
	dir := t.TempDir()
	writeFiles(t, dir, map[string]int{"small": 5000})
	folder, err := OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	url := s3test.Proxy(t, server, func(_ http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			r.Body = s3test.Flip(r.Body, 700)
		}
		return false
	}, nil)
	c := &Copier{From: folder, To: remote(t, server, url, "first"), Local: true, Observer: silent{}}
	if err := failures(c.Execute(context.Background(), ops(t, folder))); !errors.Is(err, ErrCorrupt) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(filepath.Join(bucket, "small")); err == nil {
		t.Error("the bucket holds what was altered")
	}
}
