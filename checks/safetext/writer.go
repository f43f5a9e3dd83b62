package safetext

import (
	"bytes"
	"io"
	"sync"
	"unicode/utf8"
)

// Writer is the last line of defence before a stream or a file: what Prose
// would show is shown, and no line is a command of a CI runner. It may be
// written to by several at once, and a write may end anywhere.
type Writer struct {
	// Colour lets colours through: ESC [ numbers m and no other sequence. Text
	// that is not ours must have been through Prose, Line or Name then.
	Colour bool
	// Diff lets lines begin with "---" and "+++", as the headings of a diff do.
	Diff bool

	mutex sync.Mutex
	w     io.Writer
	line  line
	tail  []byte // the end of what was written
	held  []byte // the beginning of what the next write goes on with
}

// NewWriter is a Writer to w that lets nothing through.
func NewWriter(w io.Writer) *Writer { return &Writer{w: w} }

// Write implements io.Writer.
func (w *Writer) Write(text []byte) (int, error) {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if err := w.write(text, false); err != nil {
		return 0, err
	}
	return len(text), nil
}

// Ours writes a text of our own as it is, such as the opening of a command.
func (w *Writer) Ours(text string) error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	if err := w.write(nil, true); err != nil {
		return err
	}
	for _, r := range text {
		w.line.add(r)
	}
	w.tail = []byte(text[max(len(text)-longestOpening, 0):])
	_, err := io.WriteString(w.w, text)
	return err
}

// Close writes what was held back; it closes nothing below.
func (w *Writer) Close() error {
	w.mutex.Lock()
	defer w.mutex.Unlock()
	return w.write(nil, true)
}

func (w *Writer) write(text []byte, last bool) error {
	in := append(w.held, text...)
	out := append(make([]byte, 0, len(in)+len(in)/8+longestOpening), w.tail...)
	for len(in) > 0 {
		size := 0
		if out, size = w.next(out, in, last); size == 0 {
			break
		}
		in = in[size:]
	}
	w.held = bytes.Clone(in)
	written := out[len(w.tail):]
	w.tail = bytes.Clone(out[max(len(out)-longestOpening, 0):])
	if len(written) == 0 {
		return nil
	}
	_, err := w.w.Write(written)
	return err
}

// next writes what in begins with and says how many bytes that took: none when
// the next write may go on with it.
func (w *Writer) next(out, in []byte, last bool) ([]byte, int) {
	if w.line.begun {
		if n := harmless(in); n > 0 {
			return append(out, in[:n]...), n
		}
	}
	if size, whole := colour(in); w.Colour && size > 0 {
		switch {
		case whole:
			return append(out, in[:size]...), size
		case size == len(in) && !last:
			return out, 0
		}
	}
	if in[0] == '\r' {
		switch {
		case len(in) == 1 && !last:
			return out, 0
		case len(in) > 1 && in[1] == '\n':
			w.line.add('\n')
			return append(out, "\r\n"...), 2
		}
	}
	if !utf8.FullRune(in) && !last {
		return out, 0
	}
	r, size := utf8.DecodeRune(in)
	shown := out
	switch {
	case r == utf8.RuneError && size == 1:
		shown = appendByte(out, in[0])
	case r == '\n', r == '\t', !Unseen(r) && !w.line.completes(r, out, w.Diff):
		shown = append(out, in[:size]...)
	default:
		shown = appendEscape(out, r)
	}
	for _, written := range string(shown[len(out):]) {
		w.line.add(written)
	}
	return shown, size
}

// harmless is how many bytes in begins with that are as they are, in a line
// that has begun.
func harmless(in []byte) int {
	for i, b := range in {
		if b < ' ' || b > '~' || b == '[' || b == ':' {
			return i
		}
	}
	return len(in)
}

// colour is how far in begins with ESC [ numbers m, and whether to its end. A
// colour longer than maxColour is none.
func colour(in []byte) (size int, whole bool) {
	for i, b := range in[:min(len(in), maxColour)] {
		switch {
		case i == 0 && b == '\x1b', i == 1 && b == '[', i > 1 && (b >= '0' && b <= '9' || b == ';'):
		case i > 1 && b == 'm':
			return i + 1, true
		default:
			return i, false
		}
	}
	return min(len(in), maxColour), false
}

const maxColour = 32

// Uncoloured is a text without its colours: what of it takes a place.
func Uncoloured(text string) string {
	in, out := []byte(text), make([]byte, 0, len(text))
	for len(in) > 0 {
		if size, whole := colour(in); whole {
			in = in[size:]
			continue
		}
		out, in = append(out, in[0]), in[1:]
	}
	return string(out)
}
