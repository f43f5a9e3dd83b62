package parameters

// Distance is how many letters have to be added, taken away or changed to make
// one name of the other (Levenshtein).
func Distance(a, b string) int {
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
		}
		before = row
	}
	return before[len(b)]
}
