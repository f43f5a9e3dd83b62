package registry

import (
	"slices"
	"strings"
)

// Paths is a list of paths to properties, as names alone: positions in lists
// are left out.
type Paths []string

// Covers tells whether a path is in the list, or lies below one that is.
func (p Paths) Covers(path string) bool {
	path = names(path)
	return slices.ContainsFunc(p, func(known string) bool { return lies(path, known) })
}

// Touches tells whether a path is in the list, or one of the list lies below
// it or above it: whether a change of the whole value at path may change one.
func (p Paths) Touches(path string) bool {
	path = names(path)
	return slices.ContainsFunc(p, func(known string) bool { return lies(path, known) || lies(known, path) })
}

func lies(path, above string) bool {
	return path == above || strings.HasPrefix(path, above) && path[len(above)] == '.'
}

// names leaves of a path the names: A[0].B.*.C is A.B.C.
func names(path string) string {
	if !strings.ContainsAny(path, "[*") {
		return path
	}
	return strings.Join(slices.DeleteFunc(steps(path), func(s string) bool { return s == any_ }), ".")
}

// any_ is the step to any element of a list or any value of a map.
const any_ = "*"

// steps divides a path into names and steps into lists.
func steps(path string) []string {
	var out []string
	for part := range strings.SplitSeq(path, ".") {
		name, positions, _ := strings.Cut(part, "[")
		if name != "" {
			out = append(out, name)
		}
		for range strings.Count(positions, "]") {
			out = append(out, any_)
		}
	}
	return out
}
