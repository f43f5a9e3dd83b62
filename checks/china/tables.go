package china

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"regexp"
	"sync"

	"github.com/panther-preflight/panther-preflight/policies"
)

// lazily reads a table when it is first asked for. The tables are embedded and
// a test reads them all, so one that cannot be read never ships.
func lazily[T any](name string) func() T {
	return sync.OnceValue(func() T {
		var table T
		text, err := fs.ReadFile(policies.Files, "data/china_"+name+".json")
		if err == nil {
			err = json.Unmarshal(text, &table)
		}
		if err != nil {
			panic(fmt.Sprintf("china_%s.json: %v", name, err))
		}
		return table
	})
}

// pattern is a regular expression of a table; the empty one matches anything.
type pattern struct{ *regexp.Regexp }

func (p *pattern) UnmarshalText(text []byte) error {
	compiled, err := regexp.Compile(string(text))
	p.Regexp = compiled
	return err
}

func (p pattern) matches(text string) bool { return p.Regexp == nil || p.MatchString(text) }
