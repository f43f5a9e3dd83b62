package session

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/safetext"
)

// MayAsk refuses to write where nobody can be asked and nobody has said yes.
// It is asked before anything is read.
func (a *Session) MayAsk(yes bool) error {
	if yes || a.InTerminal && a.ErrTerminal {
		return nil
	}
	return Usage(errors.New("this writes to AWS, and there is no terminal to ask on: say --yes"))
}

// Ask asks before something is written, unless --yes has said so. An interrupt
// ends it, with its question open.
func (a *Session) Ask(ctx context.Context, what string, yes bool) error {
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
			return Usage(errors.New("no answer came in time: nothing was written"))
		}
		return ctx.Err()
	}
}

func (a *Session) agreed() error {
	answer, err := bufio.NewReader(a.In).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the answer: %w", err)
	}
	if answer = strings.ToLower(strings.TrimSpace(answer)); answer != "y" && answer != "yes" {
		return Usage(errors.New("nothing was written"))
	}
	return nil
}
