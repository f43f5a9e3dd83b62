// Package interrupt is how the programs end when they are told to. It may do
// nothing else: what is left half-done is the command's to clean up.
package interrupt

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// Context is cancelled by the first SIGINT or SIGTERM, so that the command ends
// in order. The second ends the process at once, whatever it is in: with 130, or
// 143 where it is SIGTERM. The caller calls stop when its work is done.
func Context() (ctx context.Context, stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	signals := make(chan os.Signal, 2)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-signals
		cancel()
		os.Exit(exitCode(<-signals))
	}()
	return ctx, func() {
		signal.Stop(signals)
		cancel()
	}
}

// exitCode is that of a process which the signal ended, as shells count.
func exitCode(s os.Signal) int {
	if s == syscall.SIGTERM {
		return 128 + int(syscall.SIGTERM)
	}
	return 128 + int(syscall.SIGINT)
}
