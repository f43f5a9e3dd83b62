package s3copy

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"hash/maphash"
	"io"
	"sync/atomic"
)

// sending is a body that is hashed while it is sent, and ends before its last
// byte where it is not what it should be: the service then keeps nothing of it,
// whatever the service itself compares.
type sending struct {
	body io.Reader
	part Part
	key  *Sum   // what the key of an object in one piece vouches for
	name string // of the object

	sum, keyed hash.Hash
	mark       *maphash.Hash
	left       int64
	fault      atomic.Pointer[error] // why it ended; asked for while a request may still read
}

// failed is why the body ended before its end, or nil.
func (s *sending) failed() error {
	if fault := s.fault.Load(); fault != nil {
		return *fault
	}
	return nil
}

func (s *sending) end(fault error) error {
	s.fault.Store(&fault)
	return fault
}

// newSending is the body of a part. A whole object's key is compared too.
func newSending(body io.Reader, p Part, o Object, whole bool) *sending {
	s := &sending{body: body, part: p, name: o.Key}
	if key, ok := o.keySum(); ok && whole {
		s.key = &key
	}
	s.begin()
	return s
}

func (s *sending) begin() {
	s.sum, s.keyed, s.mark, s.left = nil, nil, nil, s.part.Size
	s.fault.Store(nil)
	switch {
	case s.part.mark != nil:
		s.mark = newMark()
	case s.part.SHA256 != nil:
		s.sum = sha256.New()
	}
	if s.key != nil {
		s.keyed = s.key.Algorithm.hash()
	}
}

func (s *sending) Read(p []byte) (int, error) {
	if err := s.failed(); err != nil {
		return 0, err
	}
	n, err := 0, io.EOF
	if s.left > 0 {
		n, err = s.body.Read(p[:min(int64(len(p)), s.left)])
	}
	s.left -= int64(n)
	s.write(p[:n])
	switch {
	case s.left == 0:
		if wrong := s.judge(); wrong != nil {
			return 0, s.end(wrong)
		}
		if n == 0 {
			return 0, io.EOF
		}
		return n, nil
	case err == io.EOF:
		return n, s.end(&Error{Op: "read", Key: s.name, Kind: ErrChanged, Err: fmt.Errorf("%d bytes are missing at its end", s.left)})
	case err != nil:
		return n, s.end(readFault(s.name, err))
	}
	return n, nil
}

// readFault keeps what is known of a fault.
func readFault(key string, err error) error {
	var known *Error
	if errors.As(err, &known) {
		return err
	}
	return &Error{Op: "read", Key: key, Kind: readKind(err), Err: err}
}

func (s *sending) write(p []byte) {
	if s.sum != nil {
		s.sum.Write(p)
	}
	if s.keyed != nil {
		s.keyed.Write(p)
	}
	if s.mark != nil {
		s.mark.Write(p) //nolint:errcheck // a hash takes every byte
	}
}

// judge compares what was read with what is announced.
func (s *sending) judge() error {
	if s.mark != nil && s.mark.Sum64() != *s.part.mark || s.sum != nil && !bytes.Equal(s.sum.Sum(nil), s.part.SHA256) {
		return &Error{Op: "verify", Key: s.name, Kind: ErrCorrupt, Err: errors.New("what is sent is not what is announced: it changed meanwhile, or is not what the manifest records")}
	}
	if s.keyed == nil {
		return nil
	}
	if got := s.keyed.Sum(nil); !bytes.Equal(got, s.key.Value) {
		return alteredError(s.name, *s.key, got)
	}
	return nil
}

// Seek implements io.Seeker, for the start alone and to tell the length.
func (s *sending) Seek(offset int64, whence int) (int64, error) {
	again, ok := s.body.(io.Seeker)
	switch {
	case whence == io.SeekEnd && offset == 0:
		return s.part.Size, nil
	case whence == io.SeekCurrent && offset == 0 && s.left == s.part.Size:
		return 0, nil
	case !ok || whence != io.SeekStart || offset != 0:
		return 0, errors.New("it can be read from its start only")
	}
	if _, err := again.Seek(0, io.SeekStart); err != nil {
		return 0, fmt.Errorf("read it again: %w", err)
	}
	s.begin()
	return 0, nil
}
