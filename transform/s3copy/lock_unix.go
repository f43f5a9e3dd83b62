//go:build unix

package s3copy

import (
	"os"
	"syscall"
)

// lock keeps other processes from taking the same lock until the file is
// closed. It does not wait.
func lock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB) }
