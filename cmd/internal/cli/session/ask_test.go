package session

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestAsk(t *testing.T) {
	for answer, writes := range map[string]bool{"y\n": true, "YES\n": true, "yes": true, "n\n": false, "\n": false, "": false, "yess\n": false} {
		var said bytes.Buffer
		a := &Session{Streams: Streams{In: strings.NewReader(answer), Err: &said}}
		err := a.Ask(t.Context(), "This writes.", false)
		if (err == nil) != writes || err != nil && ExitCode(err) != ExitUsage {
			t.Errorf("%q: %v", answer, err)
		}
		if said.String() != "This writes. Go on? [y/N] " {
			t.Errorf("%q", said.String())
		}
	}
	silent := &Session{}
	if err := silent.Ask(t.Context(), "This writes.", true); err != nil {
		t.Error(err)
	}
	if err := silent.MayAsk(true); err != nil {
		t.Error(err)
	}
	if err := silent.MayAsk(false); ExitCode(err) != ExitUsage {
		t.Error(err)
	}
	if err := (&Session{Streams: Streams{InTerminal: true, ErrTerminal: true}}).MayAsk(false); err != nil {
		t.Error(err)
	}
}

func TestAQuestionCanBeInterrupted(t *testing.T) {
	in, _ := io.Pipe() // nobody answers
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a := &Session{Streams: Streams{In: in, Err: io.Discard}}
	if err := a.Ask(ctx, "This writes.", false); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
