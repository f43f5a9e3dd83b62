package cases

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// maxLine is more than all the policies of one request may have together.
const maxLine = 16 << 20

// Read compiles every case. file is the name that errors give. What is wrong
// with one case is that case's error; empty lines are passed over.
func Read(file string, from io.Reader) ([]Case, error) {
	var out []Case
	lines := bufio.NewScanner(from)
	lines.Buffer(make([]byte, 0, 64<<10), maxLine)
	number := 0
	for lines.Scan() {
		number++
		text := bytes.TrimSpace(lines.Bytes())
		if number == 1 {
			text = bytes.TrimPrefix(text, []byte("\ufeff"))
		}
		if len(text) == 0 {
			continue
		}
		c := compile(text)
		c.Line = number
		if c.Err != nil {
			c.Err = fmt.Errorf("%s:%d: %w", file, number, c.Err)
		}
		out = append(out, c)
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s:%d: read a line: %w", file, number+1, err)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s: no case in it", file)
	}
	return out, nil
}

// compile reads one line. Its name is kept even where the rest is no case.
func compile(text []byte) Case {
	var r record
	if err := json.Unmarshal(text, &r); err != nil {
		return Case{Name: r.Name, Err: plain(err)}
	}
	c, err := r.compile()
	if c.Err == nil {
		c.Err = err
	}
	return c
}

// plain says what encoding/json found wrong without naming Go types.
func plain(err error) error {
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		if wrong.Field == "" {
			return errors.New("a case is a JSON object")
		}
		return fmt.Errorf("%s: a %s does not belong there", wrong.Field, wrong.Value)
	}
	return err
}
