// Command panther-preflight tells whether a self-hosted Panther deployment
// will fail, before anything is written to AWS.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli"
)

// A run is short and its garbage is small: collecting half as often costs some
// memory and saves a tenth of the time. GOGC still wins.
const collectAt = 200

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(collectAt)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], cli.System())
	stop()
	os.Exit(code)
}
