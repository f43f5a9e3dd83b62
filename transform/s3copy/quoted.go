package s3copy

import (
	"strconv"
	"strings"
)

// Quoted is a key as messages show it: as it is where it is of the characters
// that every key of a release has, else in quotes, with what could be taken for
// something else escaped.
func Quoted(key string) string {
	odd := func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("._/-~+@=%:", r))
	}
	if key != "" && !strings.ContainsFunc(key, odd) {
		return key
	}
	return strconv.QuoteToASCII(key)
}
