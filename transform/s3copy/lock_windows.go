package s3copy

import (
	"os"

	"golang.org/x/sys/windows"
)

// lock keeps other processes from taking the same lock until the file is
// closed. It does not wait. The byte that is locked lies behind all text.
func lock(f *os.File) error {
	at := windows.Overlapped{OffsetHigh: 1}
	return windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0, &at)
}
