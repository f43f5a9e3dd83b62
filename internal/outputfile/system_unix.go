//go:build unix

package outputfile

import (
	"io/fs"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// withoutWaiting opens a pipe that has nobody at its other end at once.
const withoutWaiting = syscall.O_NONBLOCK

// links is how many names a file has.
func links(info fs.FileInfo) uint64 {
	if s, ok := info.Sys().(*syscall.Stat_t); ok {
		return uint64(s.Nlink)
	}
	return 1
}

// descriptor is the number of the open file of this process that a path means.
func descriptor(name string) (int, bool) {
	switch name {
	case "/dev/stdout":
		return 1, true
	case "/dev/stderr":
		return 2, true
	}
	for _, dir := range []string{"/dev/fd/", "/proc/self/fd/"} {
		if text, ok := strings.CutPrefix(name, dir); ok {
			number, err := strconv.ParseUint(text, 10, 31)
			return int(number), err == nil
		}
	}
	return 0, false
}

// duplicate shares the place in the file with what the process writes itself:
// a report to /dev/stdout that is a file follows what is there.
func duplicate(number int, name string) (*os.File, error) {
	copied, err := syscall.Dup(number)
	if err != nil {
		return nil, &fs.PathError{Op: "write", Path: name, Err: err}
	}
	syscall.CloseOnExec(copied)
	return os.NewFile(uintptr(copied), name), nil
}
