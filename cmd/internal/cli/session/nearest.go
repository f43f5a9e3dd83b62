package session

import "github.com/panther-preflight/panther-preflight/checks/spelling"

// Nearest is the known name that was most likely meant, or empty.
func Nearest(name string, known []string) string { return spelling.Nearest(name, known) }

// DidYouMean is the end of a message about a name that nobody knows.
func DidYouMean(name string, known []string) string { return spelling.Hint(name, known) }
