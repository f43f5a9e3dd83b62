package parameters

import (
	"regexp"
	"strconv"
	"unicode/utf16"
)

// surrogates is one character beyond the basic plane as JSON escapes it, after
// an even number of backslashes.
var surrogates = regexp.MustCompile(`((?:^|[^\\])(?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})`)

// joinSurrogates writes pairs of escapes, which are JSON and no YAML, as the
// character that they stand for. Lines stay what they are.
func joinSurrogates(text []byte) []byte {
	if !surrogates.Match(text) {
		return text
	}
	// A pair takes the character before it, so neighbours need another look.
	for range 2 {
		text = surrogates.ReplaceAllFunc(text, func(pair []byte) []byte {
			m := surrogates.FindSubmatch(pair)
			return append(append([]byte{}, m[1]...), string(utf16.DecodeRune(unit(m[2]), unit(m[3])))...)
		})
	}
	return text
}

func unit(digits []byte) rune {
	n, err := strconv.ParseUint(string(digits), 16, 16)
	if err != nil {
		return 0
	}
	return rune(n)
}
