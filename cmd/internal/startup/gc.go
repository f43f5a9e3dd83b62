// Package startup sets what must be set before the other packages initialise
// themselves. It imports the standard library only and little of that, so that
// the linker's order, by dependencies and then by import path, runs it early.
// Nothing may rely on it for correctness: a later turn only costs time.
package startup

import (
	"os"
	"runtime/debug"
)

// A run is short and its garbage is small. The tables that the packages in use
// build as they initialise outgrow the smallest heap at the default setting,
// which would be collected two or three times before main begins. Collecting
// at three times the live heap saves that and costs no peak memory in a check.
const collectAt = 300

func init() {
	// GOGC still wins: the runtime has read it by now.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
}
