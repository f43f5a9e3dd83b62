package s3copy

import (
	"sync/atomic"

	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// Each calls do with every number below n, for as many at once as given. Its
// goroutines live on: the deep stack that one request has grown serves the next.
func Each(n, atOnce int, do func(i int)) {
	var next atomic.Int64
	var group parallel.Group
	for range min(n, atOnce) {
		group.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	group.Wait()
}
