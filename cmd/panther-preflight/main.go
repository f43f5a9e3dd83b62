// Command panther-preflight tells whether a self-hosted Panther deployment
// will fail, before anything is written to AWS.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli"
	_ "github.com/panther-preflight/panther-preflight/cmd/internal/startup"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], cli.System())
	stop()
	os.Exit(code)
}
