package s3copy

import (
	"errors"
	"io"
	"os"
	"sync"

	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// front hashes a file in order while its parts are written in any order. What
// arrives at the front is hashed as it passes; what arrived ahead of it is read
// back when the front gets there, so that little is left to do at the end.
type front struct {
	file *os.File

	mu     sync.Mutex
	v      *Verifier
	at     int64           // bytes hashed
	busy   bool            // one of the parts is being hashed
	ahead  map[int64]int64 // size by offset of parts that are written
	broken error           // why the hash is of no use
	work   parallel.Group
}

func newFront(file *os.File, want Object) *front {
	return &front{file: file, v: NewVerifier(want), ahead: map[int64]int64{}}
}

// begin is told before a part is written. Where the part is at the front, it
// returns what must be given the bytes as well.
func (f *front) begin(off int64) (w io.Writer, ok bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.busy || f.at != off || f.broken != nil {
		return nil, false
	}
	f.busy = true
	return f.v, true
}

// end is told how writing a part ended, and whether it was hashed.
func (f *front) end(off, size int64, hashed bool, err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case err != nil && !hashed:
		return
	case err != nil:
		f.broken = err
		return
	case hashed:
		f.busy = false
		f.at += size
	default:
		f.ahead[off] = size
	}
	if !f.busy && f.ahead[f.at] > 0 {
		f.busy = true
		f.work.Go(f.advance)
	}
}

// advance reads back what is written from the front on.
func (f *front) advance() {
	for {
		f.mu.Lock()
		size, off := f.ahead[f.at], f.at
		if size == 0 || f.broken != nil {
			f.busy = false
			f.mu.Unlock()
			return
		}
		delete(f.ahead, off)
		f.mu.Unlock()
		err := readInto(f.v, io.NewSectionReader(f.file, off, size))
		f.mu.Lock()
		f.at, f.broken = off+size, err
		f.mu.Unlock()
	}
}

// verify is the verdict on the file, which must be the object that sum describes.
func (f *front) verify(sum Object) (Object, error) {
	f.work.Wait()
	if f.broken != nil || f.at != sum.Size || f.v.want.SHA256 != sum.SHA256 {
		f.v = NewVerifier(sum)
		if err := readInto(f.v, io.NewSectionReader(f.file, 0, sum.Size+1)); err != nil {
			return Object{}, err
		}
	}
	sum.SHA256 = f.v.SHA256()
	if info, err := f.file.Stat(); err != nil || info.Size() != sum.Size {
		return sum, &Error{Op: "verify", Key: sum.Key, Kind: ErrCorrupt, Err: errors.Join(err, errors.New("its length changed meanwhile"))}
	}
	return sum, judge(f.v, sum)
}
