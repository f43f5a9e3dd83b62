package s3copy

import (
	"crypto/sha256"
	"hash"
	"hash/maphash"
)

// seed is of this process alone, so that nobody can make other bytes of the
// same mark. A mark is how the second reading of a part is told to be of the
// bytes of the first, at a small part of what SHA-256 costs.
var seed = maphash.MakeSeed()

func newMark() *maphash.Hash {
	h := &maphash.Hash{}
	h.SetSeed(seed)
	return h
}

// digester computes the SHA-256 of each part of a stream, and tells of each
// when it is complete.
type digester struct {
	each    func(Part) error
	size    int64
	current hash.Hash
	mark    *maphash.Hash
	part    Part
}

func newDigester(size int64, each func(Part) error) *digester {
	return &digester{each: each, size: size, current: sha256.New(), mark: newMark(), part: Part{Number: 1}}
}

func (d *digester) Write(p []byte) (int, error) {
	n := len(p)
	for left := d.size - d.part.Size; int64(len(p)) > left; left = d.size {
		d.current.Write(p[:left])
		d.mark.Write(p[:left]) //nolint:errcheck // a hash takes every byte
		d.part.Size, p = d.size, p[left:]
		if err := d.next(); err != nil {
			return n - len(p), err
		}
	}
	d.current.Write(p)
	d.mark.Write(p) //nolint:errcheck // a hash takes every byte
	d.part.Size += int64(len(p))
	return n, nil
}

func (d *digester) next() error {
	p := d.part
	p.SHA256 = d.current.Sum(nil)
	mark := d.mark.Sum64()
	p.mark = &mark
	d.current.Reset()
	d.mark.Reset()
	d.part = Part{Number: p.Number + 1, Offset: p.Offset + p.Size}
	return d.each(p)
}

// end tells of the last part. One that is exactly full is not followed by an
// empty one.
func (d *digester) end() error { return d.next() }
