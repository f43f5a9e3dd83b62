package s3copy

import (
	"errors"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"strings"
)

// noting is a writer of one part that notes how far it has come. What is not
// noted is only moved again.
type noting struct {
	w           io.Writer
	partial     *partial
	number      int
	done, noted int64
}

func (p *partial) noting(w io.Writer, part Part, o Object) *noting {
	done := part.Offset - int64(part.Number-1)*PartSize(o.Size)
	return &noting{w: w, partial: p, number: part.Number, done: done, noted: done}
}

func (n *noting) Write(p []byte) (int, error) {
	written, err := n.w.Write(p)
	n.done += int64(written)
	if n.done-n.noted >= noteEvery {
		n.note()
	}
	return written, err
}

func (n *noting) note() {
	n.noted = n.done
	n.partial.wrote(n.number, n.done) //nolint:errcheck // what is not noted is moved again
}

// stale tells an unfinished file that no run can go on with: of a partial one
// either the bytes or the note are gone.
func (f *Folder) stale(name string) bool {
	if !strings.HasPrefix(path.Base(name), partialPrefix) {
		return true
	}
	other, note := strings.CutSuffix(name, noteSuffix)
	if !note {
		other += noteSuffix
	}
	_, err := f.root.Lstat(filepath.FromSlash(other))
	return errors.Is(err, fs.ErrNotExist)
}
