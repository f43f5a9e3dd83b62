package release

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

func releaseApp(in string, terminal bool) (*session.Session, *bytes.Buffer) {
	var out bytes.Buffer
	a, _, _ := session.Guarded(session.Streams{
		In: strings.NewReader(in), Out: &out, Err: &out, InTerminal: terminal, ErrTerminal: terminal,
		Getenv: func(string) string { return "" }, Now: time.Now,
	})
	return a, &out
}

func TestApproveAsksBeforeItWrites(t *testing.T) {
	plan := carry.Plan{Objects: 44, Bytes: 3 << 20, Result: &carry.Result{Release: "v1.2.3", Destination: "s3://china"}}
	for answer, want := range map[string]bool{"y\n": true, "Yes\n": true, "\n": false, "": false, "n\n": false, "yess\n": false} {
		a, out := releaseApp(answer, true)
		err := approve(t.Context(), a, false)(plan)
		if (err == nil) != want {
			t.Errorf("%q: %v", answer, err)
		}
		if err != nil && session.ExitCode(err) != session.ExitUsage {
			t.Errorf("%q: exit %d", answer, session.ExitCode(err))
		}
		if !strings.Contains(out.String(), "44 objects (3.0 MiB) of v1.2.3 to s3://china") {
			t.Errorf("asked: %s", out)
		}
	}
	a, out := releaseApp("", false)
	if err := approve(t.Context(), a, true)(plan); err != nil || out.Len() != 0 {
		t.Errorf("--yes: %v, %s", err, out)
	}
}

func TestWritingWithoutTerminalWantsYes(t *testing.T) {
	for _, c := range []struct {
		terminal, yes, dry, want bool
	}{{false, false, false, false}, {true, false, false, true}, {false, true, false, true}, {false, false, true, true}} {
		a, _ := releaseApp("", c.terminal)
		if err := mayWrite(a, &releaseFlags{yes: c.yes, dryRun: c.dry}); (err == nil) != c.want {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestProgressLine(t *testing.T) {
	a, _ := releaseApp("", false)
	p := newProgress(context.Background(), a)
	p.total.Store(4)
	p.size.Store(40 << 20)
	if got := p.line(time.Second); got != "0 of 4 objects, 0 B of 40.0 MiB, 0 B/s, unknown left" {
		t.Error(got)
	}
	p.Moved(10 << 20)
	p.Done(s3copy.Outcome{State: s3copy.Copied})
	p.Done(s3copy.Outcome{Op: s3copy.Op{Action: s3copy.Skip}})
	if got := p.line(2 * time.Second); got != "1 of 4 objects, 10.0 MiB of 40.0 MiB, 5.0 MiB/s, 6s left" {
		t.Error(got)
	}
	p.end()
}

func TestProgressBarsShowBytesObjectsRateAndTimeLeft(t *testing.T) {
	a, out := releaseApp("", true)
	p := newProgress(context.Background(), a)
	p.Planned(2, 2<<20)
	p.Moved(1 << 20)
	p.Done(s3copy.Outcome{State: s3copy.Copied})
	p.end()
	for _, want := range []string{"1 / 2 [", "1.0 MiB / 2.0 MiB", "/s", "left"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in %q", want, out)
		}
	}
}

func TestSizesForPeople(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 1023: "1023 B", 1024: "1.0 KiB", 1 << 20: "1.0 MiB", 3 << 40: "3.0 TiB", 5 << 50: "5120.0 TiB"} {
		if got := size(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
