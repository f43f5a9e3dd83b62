package s3copy

import (
	"crypto/sha256"
	"hash"
	"io"
)

// digester computes the SHA-256 of each part of a stream.
type digester struct {
	size    int64
	left    int64
	current hash.Hash
	done    [][]byte
}

func newDigester(size int64) *digester {
	return &digester{size: size, left: size, current: sha256.New()}
}

func (d *digester) Write(p []byte) (int, error) {
	n := len(p)
	for int64(len(p)) > d.left {
		d.current.Write(p[:d.left])
		p = p[d.left:]
		d.next()
	}
	d.current.Write(p)
	d.left -= int64(len(p))
	return n, nil
}

func (d *digester) next() {
	d.done = append(d.done, d.current.Sum(nil))
	d.current.Reset()
	d.left = d.size
}

// digests ends the stream. A last part that is exactly full is not followed by
// an empty one.
func (d *digester) digests() *PartDigests {
	d.next()
	return &PartDigests{Size: d.size, SHA256: d.done}
}

type both struct{ a, b io.Writer }

func (w both) Write(p []byte) (int, error) {
	if n, err := w.a.Write(p); err != nil {
		return n, err
	}
	return w.b.Write(p)
}
