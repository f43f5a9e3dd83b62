package s3copy

import (
	"crypto/sha256"
	"hash"
)

// digester computes the SHA-256 of each part of a stream, and tells of each
// when it is complete.
type digester struct {
	each    func(Part) error
	size    int64
	current hash.Hash
	part    Part
}

func newDigester(size int64, each func(Part) error) *digester {
	return &digester{each: each, size: size, current: sha256.New(), part: Part{Number: 1}}
}

func (d *digester) Write(p []byte) (int, error) {
	n := len(p)
	for left := d.size - d.part.Size; int64(len(p)) > left; left = d.size {
		d.current.Write(p[:left])
		d.part.Size, p = d.size, p[left:]
		if err := d.next(); err != nil {
			return n - len(p), err
		}
	}
	d.current.Write(p)
	d.part.Size += int64(len(p))
	return n, nil
}

func (d *digester) next() error {
	p := d.part
	p.SHA256 = d.current.Sum(nil)
	d.current.Reset()
	d.part = Part{Number: p.Number + 1, Offset: p.Offset + p.Size}
	return d.each(p)
}

// end tells of the last part. One that is exactly full is not followed by an
// empty one.
func (d *digester) end() error { return d.next() }
