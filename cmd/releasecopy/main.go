// Command releasecopy carries a Panther release with the command lines that
// Panther's own documentation of AWS China gives.
package main

import (
	"os"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli"
	"github.com/panther-preflight/panther-preflight/cmd/internal/interrupt"
)

func main() {
	ctx, stop := interrupt.Context()
	code := cli.RunReleaseCopy(ctx, os.Args[1:], cli.System())
	stop()
	os.Exit(code)
}
