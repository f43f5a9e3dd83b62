package registry

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed overrides.txt
var overridesText string

// corrections are the rows of overrides.txt.
type corrections struct {
	missing map[string]correction
	doubted []correction
	names   map[string]correction
}

// correction is one row; what the middle cells mean depends on its kind.
type correction struct {
	typ, first, second, source string
}

var overrides = sync.OnceValue(func() corrections {
	c, err := parseOverrides(overridesText)
	if err != nil {
		panic(err) // a test reads the embedded text
	}
	return c
})

func parseOverrides(text string) (corrections, error) {
	c := corrections{missing: map[string]correction{}, names: map[string]correction{}}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, " | ")
		if len(cells) != 5 || !strings.HasPrefix(strings.TrimSpace(cells[4]), "https://") {
			return c, fmt.Errorf("overrides.txt:%d: a row has five cells, the last of them its source", number)
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		row := correction{cells[1], cells[2], cells[3], cells[4]}
		switch cells[0] {
		case "missing":
			c.missing[row.typ] = row
		case "doubted":
			c.doubted = append(c.doubted, row)
		case "name":
			c.names[row.typ] = row
		default:
			return c, fmt.Errorf("overrides.txt:%d: %q is no kind of row", number, cells[0])
		}
	}
	return c, nil
}

// in tells whether the regions of a row hold one.
func (c correction) in(region string) bool {
	return strings.Contains(" "+c.first+" ", " "+region+" ")
}

// of tells whether a row is about a type.
func (c correction) of(typ string) bool {
	return c.typ == typ || strings.HasSuffix(c.typ, "::") && strings.HasPrefix(typ, c.typ)
}
