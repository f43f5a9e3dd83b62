//go:build unix

package inputfile

import "syscall"

// withoutWaiting opens a pipe that has no writer at once.
const withoutWaiting = syscall.O_NONBLOCK
