//go:build unix

package tree

import "syscall"

func pipe(name string) error { return syscall.Mkfifo(name, 0o600) }
