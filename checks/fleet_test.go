package checks_test

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
)

// TestTheWorstExitCode has every set of codes: one that says that a target was
// not judged is never covered by a finding, nor a finding by an unknown.
func TestTheWorstExitCode(t *testing.T) {
	order := []int{4, 2, 1, 3, 0}
	for set := 1; set < 1<<len(order); set++ {
		var codes []int
		want := -1
		for i, code := range order {
			if set&(1<<i) != 0 {
				codes = append([]int{code}, codes...)
				if want < 0 {
					want = code
				}
			}
		}
		if got := checks.WorstExitCode(codes); got != want {
			t.Errorf("of %v the worst is %d, want %d", codes, got, want)
		}
	}
}
