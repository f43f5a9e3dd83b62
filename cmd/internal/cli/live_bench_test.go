package cli

import (
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// BenchmarkLiveCheck measures how many round trips a full live check waits
// for, one after the other, when every call takes 50 ms longer. The account is
// three levels below the root of its organization.
func BenchmarkLiveCheck(b *testing.B) {
	liveEnvironment(b)
	const delay = 50 * time.Millisecond
	report := repeatedReports(b)
	measure := func(delay time.Duration) (took time.Duration, calls int) {
		a := fakeaws.Panther()
		a.Delay = delay
		began := time.Now()
		report(a)
		return time.Since(began), a.Count()
	}
	var waited time.Duration
	calls := 0
	for b.Loop() {
		near, _ := measure(0)
		far, n := measure(delay)
		waited += far - near
		calls = n
	}
	b.ReportMetric(float64(waited)/float64(delay)/float64(b.N), "round-trips/op")
	b.ReportMetric(float64(calls), "calls/op")
}
