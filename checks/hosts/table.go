package hosts

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
)

//go:embed hosts.txt
var text string

// row is what hosts.txt says of one name.
type row struct {
	kind, value string
}

// hostTable is hosts.txt: endpoints by region and label, other hosts by what
// stands before the suffix, and patterns of buckets.
type hostTable struct {
	endpoints map[string]map[string]bool
	known     map[string]bool // labels of endpoints, in any region
	hosts     map[string]row
	buckets   [][2]string
}

var table = sync.OnceValue(func() *hostTable {
	t, err := parse(text)
	if err != nil {
		panic(err) // a test reads the embedded text
	}
	return t
})

func parse(text string) (*hostTable, error) {
	t := &hostTable{endpoints: map[string]map[string]bool{}, known: map[string]bool{}, hosts: map[string]row{}}
	sources := map[string]bool{}
	number := 0
	for line := range strings.Lines(text) {
		number++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		cells := strings.Split(line, " | ")
		if cells[0] == "source" && len(cells) == 3 && strings.HasPrefix(cells[2], "https://") {
			sources[cells[1]] = true
			continue
		}
		if len(cells) != 4 || !sources[cells[1]] {
			return nil, fmt.Errorf("hosts.txt:%d: a row has four cells, the second of them a source that is named above", number)
		}
		if !t.add(cells[0], cells[2], cells[3]) {
			return nil, fmt.Errorf("hosts.txt:%d: %q is no kind of row", number, cells[0])
		}
	}
	return t, nil
}

func (t *hostTable) add(kind, name, value string) bool {
	switch kind {
	case "endpoint":
		for _, region := range strings.Fields(name) {
			if t.endpoints[region] == nil {
				t.endpoints[region] = map[string]bool{}
			}
			for _, label := range strings.Fields(value) {
				t.endpoints[region][label] = true
				t.known[label] = true
			}
		}
	case "global", "public", "missing":
		t.hosts[name] = row{kind, value}
	case "bucket":
		t.buckets = append(t.buckets, [2]string{name, value})
	default:
		return false
	}
	return true
}
