// Package spelling finds the name that was most likely meant by one that nobody
// knows. It knows no names itself.
package spelling

import "strings"

// Nearest is the known name that is most like the given one, whatever their
// case, or empty when none is near.
func Nearest(name string, known []string) string {
	best, bestDistance := "", len(name)/3+1
	for _, k := range known {
		if n := Distance(strings.ToLower(name), strings.ToLower(k)); n < bestDistance {
			best, bestDistance = k, n
		}
	}
	return best
}

// Hint is the end of a message about a name that nobody knows.
func Hint(name string, known []string) string {
	if best := Nearest(name, known); best != "" {
		return "; did you mean " + best + "?"
	}
	return "; known are " + strings.Join(known, ", ")
}

// Distance is how many letters have to be added, taken away, changed or
// exchanged with their neighbour to make one name of the other.
func Distance(a, b string) int {
	var before2 []int
	before := make([]int, len(b)+1)
	for j := range before {
		before[j] = j
	}
	for i := range len(a) {
		row := make([]int, len(b)+1)
		row[0] = i + 1
		for j := range len(b) {
			change := before[j]
			if a[i] != b[j] {
				change++
			}
			row[j+1] = min(change, row[j]+1, before[j+1]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before2[j-1]+1)
			}
		}
		before2, before = before, row
	}
	return before[len(b)]
}
