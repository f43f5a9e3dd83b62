package bridge

import (
	"crypto/subtle"
	"fmt"
	"io"
	"log/slog"
)

// Hidden is text that must not be shown. However it is printed, logged or
// encoded, only that it is hidden can be seen. The text is behind a pointer, for
// what prints a field that is not exported asks none of the methods here.
type Hidden struct{ text *string }

const mask = "[hidden]"

// Hide hides a text.
func Hide(text string) Hidden { return Hidden{&text} }

// Reveal gives the text to whoever sends it on: a request header, a secret.
func (h Hidden) Reveal() string {
	if h.text == nil {
		return ""
	}
	return *h.text
}

// Empty reports whether there is no text.
func (h Hidden) Empty() bool { return h.Reveal() == "" }

// Equal compares without telling by its time how much is the same.
func (h Hidden) Equal(other Hidden) bool {
	return subtle.ConstantTimeCompare([]byte(h.Reveal()), []byte(other.Reveal())) == 1
}

// Format writes the mask for every verb.
func (h Hidden) Format(s fmt.State, _ rune) { io.WriteString(s, mask) }

// String is the mask.
func (h Hidden) String() string { return mask }

// MarshalText is the mask, in JSON and elsewhere.
func (h Hidden) MarshalText() ([]byte, error) { return []byte(mask), nil }

// LogValue is the mask.
func (h Hidden) LogValue() slog.Value { return slog.StringValue(mask) }
