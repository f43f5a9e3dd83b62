package s3url

import (
	"fmt"
	"regexp"
	"strings"
)

// Set is a set of bucket names, written as globs.
type Set struct{ patterns []*regexp.Regexp }

// region is the name of any region, or a variable of a Fn::Sub in its place.
const region = `(?:[a-z]{2,4}(?:-[a-z]+)+-[0-9]+|` + variable + `)`

// NewSet compiles globs in which * is any text, ? one character and <region>
// the name of any region.
func NewSet(globs ...string) (Set, error) {
	var s Set
	for _, glob := range globs {
		if strings.TrimSpace(glob) == "" {
			return Set{}, fmt.Errorf("an empty bucket pattern matches nothing")
		}
		var b strings.Builder
		b.WriteString("^")
		for i := 0; i < len(glob); i++ {
			switch {
			case strings.HasPrefix(glob[i:], "<region>"):
				b.WriteString(region)
				i += len("<region>") - 1
			case glob[i] == '*':
				b.WriteString(`(?:[^/]*)`)
			case glob[i] == '?':
				b.WriteString(`[^/]`)
			default:
				b.WriteString(regexp.QuoteMeta(glob[i : i+1]))
			}
		}
		pattern, err := regexp.Compile(b.String() + "$")
		if err != nil {
			return Set{}, fmt.Errorf("bucket pattern %q: %w", glob, err)
		}
		s.patterns = append(s.patterns, pattern)
	}
	return s, nil
}

// Match tells whether the bucket is in the set.
func (s Set) Match(bucket string) bool {
	for _, p := range s.patterns {
		if p.MatchString(bucket) {
			return true
		}
	}
	return false
}
