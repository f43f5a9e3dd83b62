package registry

import (
	"errors"
	"strconv"
	"strings"
)

// reader reads the JSON of the embedded table, which the generator writes
// without white space. It reads each value in place: the texts that it gives
// are parts of the text that it reads. encoding/json takes ten times as long
// for the types of a release. The first error stays; everything after it reads
// as nothing.
type reader struct {
	text  string
	at    int
	depth int
	err   error
}

var errMalformed = errors.New("the embedded text is malformed")

// deepestText bounds the nesting of values.
const deepestText = 100

func (r *reader) fail() {
	if r.err == nil {
		r.err = errMalformed
	}
	r.at = len(r.text)
}

// peek is the next byte, 0 at the end.
func (r *reader) peek() byte {
	if r.at < len(r.text) {
		return r.text[r.at]
	}
	return 0
}

// take consumes the byte if it is the next one.
func (r *reader) take(b byte) bool {
	if r.peek() != b {
		return false
	}
	r.at++
	return true
}

// object calls each with every key; each must consume the value.
func (r *reader) object(each func(key string)) {
	r.list('{', '}', func() {
		key := r.string()
		if !r.take(':') {
			r.fail()
		}
		each(key)
	})
}

// array calls each for every element, which it must consume.
func (r *reader) array(each func()) { r.list('[', ']', each) }

func (r *reader) list(open, end byte, each func()) {
	if r.depth++; !r.take(open) || r.depth > deepestText {
		r.fail()
	}
	for first := true; r.err == nil && !r.take(end); first = false {
		if !first && !r.take(',') {
			r.fail()
			break
		}
		each()
	}
	r.depth--
}

func (r *reader) string() string {
	raw := r.quoted()
	if !strings.Contains(raw, `\`) {
		if raw == "" {
			return ""
		}
		return raw[1 : len(raw)-1]
	}
	text, err := strconv.Unquote(raw)
	if err != nil {
		r.fail()
	}
	return text
}

// quoted consumes a string with its quotes.
func (r *reader) quoted() string {
	start := r.at
	if !r.take('"') {
		r.fail()
		return ""
	}
	for r.at < len(r.text) {
		switch r.text[r.at] {
		case '"':
			r.at++
			return r.text[start:r.at]
		case '\\':
			r.at++
		}
		r.at++
	}
	r.fail()
	return ""
}

// word consumes a number or one of true, false and null.
func (r *reader) word() string {
	start := r.at
	for r.at < len(r.text) && !strings.ContainsRune(`,]}"[{:`, rune(r.text[r.at])) {
		r.at++
	}
	if r.at == start {
		r.fail()
	}
	return r.text[start:r.at]
}

func (r *reader) bool() bool {
	switch r.word() {
	case "true":
		return true
	case "false":
	default:
		r.fail()
	}
	return false
}

func (r *reader) float() *float64 {
	f, err := strconv.ParseFloat(r.word(), 64)
	if err != nil {
		r.fail()
	}
	return &f
}

func (r *reader) int() *int {
	n, err := strconv.Atoi(r.word())
	if err != nil {
		r.fail()
	}
	return &n
}

func (r *reader) strings() []string {
	var out []string
	r.array(func() { out = append(out, r.string()) })
	return out
}

// scalar reads a string, a number or a boolean.
func (r *reader) scalar() any {
	switch r.peek() {
	case '"':
		return r.string()
	case 't', 'f':
		return r.bool()
	}
	return *r.float()
}

func (r *reader) scalars() []any {
	var out []any
	r.array(func() { out = append(out, r.scalar()) })
	return out
}

// raw consumes any value and gives its text.
func (r *reader) raw() string {
	start := r.at
	switch r.peek() {
	case '{':
		r.object(func(string) { r.raw() })
	case '[':
		r.array(func() { r.raw() })
	case '"':
		r.quoted()
	default:
		r.word()
	}
	if r.err != nil {
		return ""
	}
	return r.text[start:r.at]
}

// fields reads an object of which the values are not looked into.
func (r *reader) fields() map[string]string {
	out := map[string]string{}
	r.object(func(key string) { out[key] = r.raw() })
	return out
}

// end tells whether everything was read without an error.
func (r *reader) end() error {
	if r.at != len(r.text) {
		r.fail()
	}
	return r.err
}
