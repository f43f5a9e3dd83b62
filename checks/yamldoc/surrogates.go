package yamldoc

import (
	"bytes"
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// surrogates is one character beyond the basic plane as JSON escapes it.
var surrogates = regexp.MustCompile(`\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})`)

// join is a pair of escapes that was written as the one character.
type join struct {
	// line and column are where the character stands in the joined text.
	line, column int
}

// shorter is how many characters a join takes from its line.
const shorter = len(`\ud83d\ude00`) - 1

// joinSurrogates writes pairs of escapes, which are JSON and no YAML, as the
// character that they stand for. A text that is no JSON stays as it is: there
// the same letters may be plain ones.
func joinSurrogates(text []byte) ([]byte, []join) {
	pairs := surrogates.FindAllSubmatchIndex(text, -1)
	if len(pairs) == 0 || !json.Valid(text) {
		return text, nil
	}
	var joined []byte
	var joins []join
	end, at := 0, join{line: 1, column: 1}
	for _, m := range pairs {
		if escaped(text, m[0]) {
			continue
		}
		at = at.after(text[end:m[0]])
		joins = append(joins, at)
		joined = append(joined, text[end:m[0]]...)
		joined = utf8.AppendRune(joined, utf16.DecodeRune(unit(text[m[2]:m[3]]), unit(text[m[4]:m[5]])))
		end, at.column = m[1], at.column+1
	}
	return append(joined, text[end:]...), joins
}

// after is the place where the text that begins at j ends.
func (j join) after(text []byte) join {
	if n := bytes.LastIndexByte(text, '\n'); n >= 0 {
		return join{line: j.line + bytes.Count(text, []byte("\n")), column: utf8.RuneCount(text[n+1:]) + 1}
	}
	return join{line: j.line, column: j.column + utf8.RuneCount(text)}
}

// escaped reports whether the backslash at i is the second of two.
func escaped(text []byte, i int) bool {
	before := 0
	for ; i > before && text[i-before-1] == '\\'; before++ {
	}
	return before%2 == 1
}

func unit(digits []byte) rune {
	n, err := strconv.ParseUint(string(digits), 16, 16)
	if err != nil {
		return utf8.RuneError
	}
	return rune(n)
}

// restore gives the nodes the columns they have in the text as it was.
func restore(n *yaml.Node, joins []join) {
	before := func(j, place join) int {
		return cmp.Or(cmp.Compare(j.line, place.line), cmp.Compare(j.column, place.column))
	}
	first, _ := slices.BinarySearchFunc(joins, join{line: n.Line}, before)
	last, _ := slices.BinarySearchFunc(joins, join{line: n.Line, column: n.Column}, before)
	n.Column += (last - first) * shorter
	for _, child := range n.Content {
		restore(child, joins)
	}
}
