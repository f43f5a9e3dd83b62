package cases

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// suite is the shared conformance suite, or where that is absent our own.
func suite(tb testing.TB) []Case {
	tb.Helper()
	file := filepath.Join(sharedCases, "conformance.jsonl")
	if _, err := os.Stat(file); err != nil {
		file = filepath.Join("testdata", "cases.jsonl")
	}
	return readFile(tb, file)
}

func readFile(tb testing.TB, file string) []Case {
	tb.Helper()
	f, err := os.Open(file)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	list, err := Read(file, f)
	if err != nil {
		tb.Fatal(err)
	}
	return list
}

// BenchmarkDecide answers the whole suite, over and over, on one thread.
func BenchmarkDecide(b *testing.B) {
	list := suite(b)
	b.ReportAllocs()
	var decisions [4]int
	for i := 0; b.Loop(); i++ {
		c := &list[i%len(list)]
		decisions[c.Policies.Decide(c.Query).Decision]++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
}

func TestDecideDoesNotAllocate(t *testing.T) {
	for _, c := range append(suite(t), readFile(t, filepath.Join("testdata", "cases.jsonl"))...) {
		if c.Err != nil {
			continue
		}
		var v iam.Verdict
		if n := testing.AllocsPerRun(20, func() { v = c.Policies.Decide(c.Query) }); n != 0 {
			t.Errorf("%s: %v allocations before the verdict %v", c.Name, n, v.Decision)
		}
	}
}
