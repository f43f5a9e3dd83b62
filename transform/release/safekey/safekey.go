// Package safekey decides which object keys may become files. Keys are foreign
// text: whoever can write to a bucket chooses them. Everything that writes an
// object to disk asks here first, and what is refused is refused by name; no
// key is ever repaired, since a repaired key is another object's.
//
// The rules are those of the strictest system a folder may be carried to, so
// that what was downloaded on one machine can be copied to any other.
package safekey

import (
	"fmt"
	"path"
	"strconv"
	"strings"
)

// Limits on a key: S3's own, and the shortest name limit of common file systems.
const (
	MaxBytes     = 1024
	MaxNameBytes = 255
)

// TempPrefix begins the name of every unfinished file. A key with such a name
// would be taken for one, so it is refused.
const TempPrefix = ".panther-preflight-"

// Error says why a key is refused.
type Error struct{ Key, Reason string }

func (e *Error) Error() string {
	return fmt.Sprintf("key %s is refused: %s", strconv.QuoteToASCII(e.Key), e.Reason)
}

// Check tells whether a file may be named after the key, and why not.
func Check(key string) error {
	if reason := fault(key); reason != "" {
		return &Error{Key: key, Reason: reason}
	}
	return nil
}

func fault(key string) string {
	switch {
	case key == "":
		return "it is empty"
	case len(key) > MaxBytes:
		return fmt.Sprintf("it is longer than %d bytes", MaxBytes)
	case strings.HasPrefix(key, "/"):
		return "it is an absolute path"
	case len(key) > 1 && key[1] == ':':
		return "it names a drive"
	}
	for i := 0; i < len(key); i++ {
		if reason := badByte(key[i]); reason != "" {
			return reason
		}
	}
	for name := range strings.SplitSeq(key, "/") {
		if reason := badName(name); reason != "" {
			return reason
		}
	}
	if path.Clean(key) != key {
		return "it is not a plain path"
	}
	return ""
}

func badByte(c byte) string {
	switch {
	case c == 0:
		return "it holds a NUL byte"
	case c < ' ' || c == 0x7f:
		return "it holds a control character"
	case c >= 0x80:
		return "it holds a character outside ASCII, which systems compare in different ways"
	case c == '\\':
		return "it holds a backslash"
	case strings.IndexByte(`:*?"<>|`, c) >= 0:
		return fmt.Sprintf("it holds %q, which not every file system can name", string(c))
	}
	return ""
}

func badName(name string) string {
	switch {
	case name == "":
		return "it has an empty path segment"
	case name == "." || name == "..":
		return fmt.Sprintf("it has the path segment %q", name)
	case len(name) > MaxNameBytes:
		return fmt.Sprintf("a path segment is longer than %d bytes", MaxNameBytes)
	case strings.HasSuffix(name, "."):
		return "a path segment ends in a dot"
	case strings.HasSuffix(name, " "), strings.HasPrefix(name, " "):
		return "a path segment begins or ends with a space"
	case len(name) >= len(TempPrefix) && strings.EqualFold(name[:len(TempPrefix)], TempPrefix):
		return "it is named like an unfinished download"
	case obeyed(name):
		return "a path segment is a name that programs obey where they find it"
	case isDevice(name):
		return "a path segment is a device name on Windows"
	case isShortName(name):
		return "a path segment reads as another file's short name on Windows"
	}
	return ""
}

// obeyed knows what decides without being asked once it lies in a working folder
// or above it: the configuration of this program, and what git keeps.
func obeyed(name string) bool {
	return strings.EqualFold(name, ".panther-preflight.yml") || strings.EqualFold(name, ".git")
}

// isDevice knows the names that Windows gives to devices, whatever follows the
// first dot and whatever spaces stand before it.
func isDevice(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	base = strings.ToUpper(strings.TrimRight(base, " "))
	switch base {
	case "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$":
		return true
	}
	if len(base) != 4 || base[3] < '0' || base[3] > '9' {
		return false
	}
	return base[:3] == "COM" || base[:3] == "LPT"
}

// isShortName knows the form ABCDEF~1.EXT, under which Windows also finds a
// file with a longer name.
func isShortName(name string) bool {
	base, _, _ := strings.Cut(name, ".")
	stem, digits, found := strings.Cut(base, "~")
	if !found || len(stem) > 6 || digits == "" {
		return false
	}
	return strings.Trim(digits, "0123456789") == ""
}
