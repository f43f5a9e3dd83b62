// Command releasecopy carries a Panther release with the command lines that
// Panther's own documentation of AWS China gives.
package main

import (
	"os"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/release"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/interrupt"
)

func main() {
	ctx, stop := interrupt.Context()
	code := release.RunReleaseCopy(ctx, os.Args[1:], session.System())
	stop()
	os.Exit(code)
}
