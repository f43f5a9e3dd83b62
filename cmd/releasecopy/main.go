// Command releasecopy carries a Panther release with the command lines that
// Panther's own documentation of AWS China gives.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.RunReleaseCopy(ctx, os.Args[1:], cli.System())
	stop()
	os.Exit(code)
}
