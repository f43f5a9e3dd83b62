package cli

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
		a := &app{Streams: Streams{In: strings.NewReader(answer), Err: &said}}
		err := a.ask(t.Context(), "This writes.", false)
		if (err == nil) != writes || err != nil && exitCode(err) != ExitUsage {
			t.Errorf("%q: %v", answer, err)
		}
		if said.String() != "This writes. Go on? [y/N] " {
			t.Errorf("%q", said.String())
		}
	}
	silent := &app{}
	if err := silent.ask(t.Context(), "This writes.", true); err != nil {
		t.Error(err)
	}
	if err := silent.mayAsk(true); err != nil {
		t.Error(err)
	}
	if err := silent.mayAsk(false); exitCode(err) != ExitUsage {
		t.Error(err)
	}
	if err := (&app{Streams: Streams{InTerminal: true, ErrTerminal: true}}).mayAsk(false); err != nil {
		t.Error(err)
	}
}

func TestAQuestionCanBeInterrupted(t *testing.T) {
	in, _ := io.Pipe() // nobody answers
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	a := &app{Streams: Streams{In: in, Err: io.Discard}}
	if err := a.ask(ctx, "This writes.", false); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestWrapCommand(t *testing.T) {
	long := "aws cloudformation update-stack --stack-name " + strings.Repeat("x", 90) + " --parameters ParameterKey=A,UsePreviousValue=true 'ParameterKey=B,ParameterValue=a b'"
	got := wrapCommand(long, "  ")
	if strings.Join(strings.Fields(strings.ReplaceAll(got, "\\\n", " ")), " ") != long || strings.Count(got, "\n") != 4 {
		t.Errorf("%s", got)
	}
	if got := wrapCommand("aws --help", "  "); got != "  aws --help" {
		t.Error(got)
	}
}
