package cli

import (
	"os"
	"runtime"
	"sync"
)

// moreProcessors lets one goroutine more run at once than there are processors:
// one that writes to a file keeps its place while the kernel copies, and others
// have sockets to empty meanwhile. GOMAXPROCS in the environment is obeyed.
var moreProcessors = sync.OnceFunc(func() {
	if os.Getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + 1)
	}
})
