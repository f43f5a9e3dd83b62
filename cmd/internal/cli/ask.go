package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// mayAsk refuses to write where nobody can be asked and nobody has said yes.
// It is asked before anything is read.
func (a *app) mayAsk(yes bool) error {
	if yes || a.InTerminal && a.ErrTerminal {
		return nil
	}
	return usage(errors.New("this writes to AWS, and there is no terminal to ask on: say --yes"))
}

// ask asks before something is written, unless --yes has said so. An interrupt
// ends it, with its question open.
func (a *app) ask(ctx context.Context, what string, yes bool) error {
	if yes {
		return nil
	}
	fmt.Fprintf(a.Err, "%s Go on? [y/N] ", safetext.Line(what))
	answered := make(chan error, 1)
	go func() { answered <- a.agreed() }()
	select {
	case err := <-answered:
		return err
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) {
			return usage(errors.New("no answer came in time: nothing was written"))
		}
		return ctx.Err()
	}
}

func (a *app) agreed() error {
	answer, err := bufio.NewReader(a.In).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the answer: %w", err)
	}
	if answer = strings.ToLower(strings.TrimSpace(answer)); answer != "y" && answer != "yes" {
		return usage(errors.New("nothing was written"))
	}
	return nil
}
