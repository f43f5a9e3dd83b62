package pattern

import (
	"regexp"
	"strings"
	"sync"
	"time"

	"github.com/dlclark/regexp2/v2"
)

const (
	// patience is how long one match may take.
	patience = 100 * time.Millisecond
	// longest is how long a pattern may be. The longest of AWS's own has 1,600
	// characters.
	longest = 8192
)

// Matches tells whether the whole text matches. unknown says why that could not
// be determined; it is empty where it was.
func Matches(pattern, text string) (matches bool, unknown string) {
	return decide(key{pattern, true}, text)
}

// Found tells whether a part of the text matches a pattern of a JSON Schema, in
// which [ is a member of a class like any other.
func Found(pattern, text string) (found bool, unknown string) {
	found, unknown = decide(key{pattern, false}, text)
	if found || unknown != "" || !strings.HasSuffix(text, "\n") {
		return found, unknown
	}
	// To Java, $ is also before the line break at the end of the text.
	return decide(key{pattern, false}, strings.TrimSuffix(text, "\n"))
}

type key struct {
	pattern string
	whole   bool
}

// program is a pattern made ready; neither engine where it cannot be.
type program struct {
	linear   *regexp.Regexp
	tracking *regexp2.Regexp
	unknown  string
}

var programs sync.Map // by key: func() program

func decide(k key, text string) (bool, string) {
	once, _ := programs.LoadOrStore(k, sync.OnceValue(func() program { return prepare(k) }))
	p := once.(func() program)()
	switch {
	case p.linear != nil:
		return p.linear.MatchString(text), ""
	case p.tracking != nil:
		found, err := p.tracking.MatchString(text)
		if err != nil {
			return false, "the pattern takes too long to evaluate"
		}
		return found, ""
	}
	return false, p.unknown
}

func prepare(k key) program {
	if len(k.pattern) > longest {
		return program{unknown: "the pattern is longer than is evaluated"}
	}
	translated, lacking := translate(k.pattern, k.whole)
	if lacking != "" {
		return program{unknown: "the pattern has " + lacking + ", which only CloudFormation can evaluate"}
	}
	if k.whole {
		translated = `\A(?:` + translated + `)\z`
	}
	if linear, err := regexp.Compile(translated); err == nil {
		return program{linear: linear}
	}
	tracking, err := regexp2.Compile(translated)
	if err != nil {
		return program{unknown: "only CloudFormation can evaluate the pattern"}
	}
	tracking.MatchTimeout = patience
	return program{tracking: tracking}
}
