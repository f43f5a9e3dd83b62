package iam

import (
	"bytes"
	"fmt"
	"strings"
)

// ParseError says why a text is not a policy of its kind, and where.
type ParseError struct {
	Policy    string // the name given to Parse: usually a file
	Line      int    // from 1; 0 when the place has no line
	Statement int    // index from 0, shown from 1; -1 outside the statements
	Sid       string // of that statement, when it has one
	Key       string // the element at fault, such as "Condition.StringLike"
	Message   string
}

func (e *ParseError) Error() string {
	var b strings.Builder
	b.WriteString(e.Policy)
	if e.Line > 0 {
		fmt.Fprintf(&b, ":%d", e.Line)
	}
	if e.Statement >= 0 {
		fmt.Fprintf(&b, ": statement %d", e.Statement+1)
		if e.Sid != "" {
			fmt.Fprintf(&b, " (Sid %q)", e.Sid)
		}
	}
	if e.Key != "" {
		b.WriteString(": " + e.Key)
	}
	b.WriteString(": " + e.Message)
	return b.String()
}

func lineAt(doc []byte, offset int64) int {
	offset = min(max(offset, 0), int64(len(doc)))
	return 1 + bytes.Count(doc[:offset], []byte{'\n'})
}
