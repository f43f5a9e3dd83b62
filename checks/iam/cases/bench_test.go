package cases

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// suite is the shared conformance suite, or where that is absent our own.
func suite(tb testing.TB) []Case {
	tb.Helper()
	return readFile(tb, suiteFile())
}

func suiteFile() string {
	file := filepath.Join(sharedCases, "conformance.jsonl")
	if _, err := os.Stat(file); err != nil {
		return filepath.Join("testdata", "cases.jsonl")
	}
	return file
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

// BenchmarkBesidePeer measures ours and the evaluator of
// ../testdata/differential in one run, and reports how many times faster ours
// is.
func BenchmarkBesidePeer(b *testing.B) {
	file, err := filepath.Abs(suiteFile())
	if err != nil {
		b.Fatal(err)
	}
	input, err := os.Open(file)
	if err != nil {
		b.Fatal(err)
	}
	defer input.Close()
	cmd := exec.Command("node", "peer.mjs", "bench")
	cmd.Dir, cmd.Stdin = filepath.Join("..", "testdata", "differential"), input
	out, err := cmd.Output()
	if err != nil {
		b.Skipf("node or the other evaluator is not installed: %v", err)
	}
	peer, err := strconv.ParseFloat(strings.TrimSpace(string(out)), 64)
	if err != nil {
		b.Fatalf("the other evaluator said %q", out)
	}
	list := suite(b)
	for i := 0; b.Loop(); i++ {
		c := &list[i%len(list)]
		c.Policies.Decide(c.Query)
	}
	ours := float64(b.N) / b.Elapsed().Seconds()
	b.ReportMetric(ours, "decisions/s")
	b.ReportMetric(peer, "peer-decisions/s")
	b.ReportMetric(ours/peer, "times-the-peer")
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
