package release

import (
	"os"
	"runtime"
	"runtime/debug"
	"sync"
)

// carryMemory is what the collector keeps a journey below, with room to spare
// for what is not of the heap. A copy between two buckets holds parts of
// s3copy.Memory bytes at most.
const carryMemory = 112 << 20

// forCarrying sets the runtime up for moving a release. It lets one goroutine
// more run at once than there are processors: one that writes to a file keeps
// its place while the kernel copies, and others have sockets to empty
// meanwhile. GOMAXPROCS and GOMEMLIMIT in the environment are obeyed.
var forCarrying = sync.OnceFunc(func() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(carryMemory)
	}
})
