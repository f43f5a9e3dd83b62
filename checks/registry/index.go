package registry

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// index is the list of all types with the set of regions that have each. A set
// has a bit for every region, in the order of regions.
type index struct {
	regions []string
	names   []string // sorted
	sets    map[string]uint64
}

func (t *table) readIndex() (*index, error) {
	text, _, err := t.read("index")
	if err != nil {
		return nil, err
	}
	return parseIndex(text)
}

func parseIndex(text string) (*index, error) {
	head, rest, _ := strings.Cut(text, "\n")
	i := &index{regions: strings.Fields(head), sets: map[string]uint64{}}
	for line := range strings.Lines(rest) {
		name, set, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		n, err := strconv.ParseUint(set, 16, 64)
		if err != nil {
			return nil, fmt.Errorf("read the embedded index of resource types: %q is no set of regions", set)
		}
		i.names = append(i.names, name)
		i.sets[name] = n
	}
	if len(i.regions) > 64 || !slices.IsSorted(i.names) {
		return nil, fmt.Errorf("read the embedded index of resource types: it is not in order")
	}
	return i, nil
}

// bit is the place of a region in a set, none for a region whose registry is
// not known.
func (i *index) bit(region string) (uint64, bool) {
	at := slices.Index(i.regions, region)
	if at < 0 {
		return 0, false
	}
	return 1 << at, true
}

// Types are the names of all types, sorted.
func Types() []string {
	i, err := embedded.index()
	if err != nil {
		return nil
	}
	return slices.Clone(i.names)
}

// Regions are the regions whose registry is known, sorted.
func Regions() []string {
	i, err := embedded.index()
	if err != nil {
		return nil
	}
	return slices.Clone(i.regions)
}
