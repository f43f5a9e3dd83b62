// Command panther-preflight tells whether a self-hosted Panther deployment
// will fail, before anything is written to AWS.
package main

import (
	"os"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/interrupt"
	_ "github.com/panther-preflight/panther-preflight/cmd/internal/startup"
)

func main() {
	ctx, stop := interrupt.Context()
	code := cli.Run(ctx, os.Args[1:], session.System())
	stop()
	os.Exit(code)
}
