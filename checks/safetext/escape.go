package safetext

import (
	"fmt"
	"unicode/utf16"
)

// appendEscape shows a character as JSON does.
func appendEscape(out []byte, r rune) []byte {
	for _, unit := range utf16.Encode([]rune{r}) {
		out = fmt.Appendf(out, `\u%04x`, unit)
	}
	return out
}

// appendByte shows a byte that is no UTF-8.
func appendByte(out []byte, b byte) []byte {
	return fmt.Appendf(out, `\x%02x`, b)
}
