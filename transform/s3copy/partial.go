package s3copy

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/internal/outputfile"
	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
)

// partial is a file that is being downloaded in such a way that a later run can
// go on with it. Beside the bytes stands a note of what object they are of and
// which of its parts are written. Whatever is found is only a reason not to ask
// for it again: the whole is verified before it gets its name. The note is
// locked while a run works on it.
type partial struct {
	file, note *os.File
	name       string
	whole      bool          // written from its start to its end, not in parts
	written    int64         // bytes from the start of a whole one
	there      map[int]int64 // bytes from the start of each part
}

const (
	partialPrefix = safekey.TempPrefix + "part-"
	noteSuffix    = ".note"
	// noteEvery is how much of a part is written between two notes.
	noteEvery = 1 << 20
)

func partialName(key string) string {
	sum := sha256.Sum256([]byte(key))
	return path.Join(path.Dir(key), fmt.Sprintf("%s%x", partialPrefix, sum[:12]))
}

// header is the first line of a note: the object, and whether it is written in
// parts or from its start to its end.
func header(o Object, whole bool) string {
	return fmt.Sprintf("%d %t %s %s\n", o.Size, whole, strconv.Quote(o.ETag), o.SHA256)
}

// openPartial takes up what an earlier run left of the very object, or begins
// anew. It is nil where nothing tells the object from another of its size, or
// where another run is at work.
func (f *Folder) openPartial(o Object) (*partial, error) {
	if o.ETag == "" && o.SHA256 == "" {
		return nil, nil
	}
	name := filepath.FromSlash(partialName(o.Key))
	note, err := outputfile.Resume(f.root, name+noteSuffix, outputfile.Public)
	if err != nil {
		return nil, err
	}
	if lock(note) != nil {
		note.Close()
		return nil, nil
	}
	file, err := outputfile.Resume(f.root, name, outputfile.Public)
	if err != nil {
		note.Close()
		return nil, err
	}
	p := &partial{file: file, note: note, name: name, there: map[int]int64{}}
	if err := p.read(o); err != nil {
		return nil, errors.Join(err, file.Close(), note.Close())
	}
	return p, nil
}

// read finds out what is there. An object of which parts are there goes on in
// parts, even where it would now come in one piece.
func (p *partial) read(o Object) error {
	text, err := io.ReadAll(p.note)
	if err != nil {
		return err
	}
	info, err := p.file.Stat()
	if err != nil {
		return err
	}
	lines, inParts := strings.CutPrefix(string(text), header(o, false))
	whole := strings.HasPrefix(string(text), header(o, true))
	switch {
	case info.Size() > o.Size || !inParts && !whole:
		p.whole = o.Whole
		return errors.Join(p.file.Truncate(0), p.begin(o))
	case inParts:
		p.noted(lines, o.inParts(), info.Size())
	case o.Whole:
		p.whole, p.written = true, info.Size()
	default:
		for _, part := range o.inParts() {
			p.there[part.Number] = min(max(info.Size()-part.Offset, 0), part.Size)
		}
		return p.begin(o)
	}
	return nil
}

// noted takes what is in the note and in the file. The end of a run may have
// cut a line off.
func (p *partial) noted(lines string, parts []Part, size int64) {
	for line := range strings.Lines(lines) {
		var n int
		var done int64
		if _, err := fmt.Sscanf(line, "%d %d\n", &n, &done); err != nil || !strings.HasSuffix(line, "\n") || n < 1 || n > len(parts) {
			continue
		}
		if part := parts[n-1]; done > p.there[n] && done <= part.Size && part.Offset+done <= size {
			p.there[n] = done
		}
	}
}

// begin writes the note anew.
func (p *partial) begin(o Object) error {
	if err := p.note.Truncate(0); err != nil {
		return err
	}
	if _, err := p.note.Seek(0, io.SeekStart); err != nil {
		return err
	}
	_, err := p.note.WriteString(header(o, p.whole))
	for n, done := range p.there {
		err = errors.Join(err, p.wrote(n, done))
	}
	return err
}

// missing is what is not there yet, and present is told of what is.
func (p *partial) missing(o Object, present func(off, size int64)) []Part {
	parts := o.inParts()
	if p.whole {
		parts = []Part{{Number: 1, Size: o.Size}}
		p.there[1] = p.written
	}
	var missing []Part
	for _, part := range parts {
		done := p.there[part.Number]
		if done > 0 {
			present(part.Offset, done)
		}
		if part.Offset, part.Size = part.Offset+done, part.Size-done; part.Size > 0 {
			missing = append(missing, part)
		}
	}
	return missing
}

// wrote notes how much of a part is there.
func (p *partial) wrote(number int, done int64) error {
	_, err := fmt.Fprintf(p.note, "%d %d\n", number, done)
	return err
}
