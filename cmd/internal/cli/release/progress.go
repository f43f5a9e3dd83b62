package release

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// progress shows how a release is carried, on stderr: bars on a terminal, a
// line every few seconds elsewhere. It implements carry.Observer.
type progress struct {
	out     io.Writer
	began   time.Time
	objects atomic.Int64
	total   atomic.Int64
	bytes   atomic.Int64
	size    atomic.Int64

	bars  *mpb.Progress
	count *mpb.Bar
	data  *mpb.Bar
	stop  chan struct{}
	ended chan struct{} // nil until lines are written
}

const everySoOften = 5 * time.Second

func newProgress(ctx context.Context, a *session.Session) *progress {
	p := &progress{out: a.Err, began: a.Now(), stop: make(chan struct{})}
	if a.ErrTerminal {
		p.bars = mpb.NewWithContext(ctx, mpb.WithOutput(a.Terminal), mpb.WithWidth(48), mpb.WithAutoRefresh())
	}
	return p
}

// Planned implements carry.Observer.
func (p *progress) Planned(objects int, bytes int64) {
	if objects == 0 {
		return
	}
	p.began = time.Now()
	p.total.Store(int64(objects))
	p.size.Store(bytes)
	if p.bars == nil {
		p.ended = make(chan struct{})
		go p.lines()
		return
	}
	p.count = p.bars.AddBar(int64(objects), mpb.PrependDecorators(decor.Name("objects "), decor.CountersNoUnit("%d / %d", decor.WCSyncWidth)))
	p.data = p.bars.AddBar(bytes,
		mpb.PrependDecorators(decor.Name("bytes   "), decor.CountersKibiByte("% .1f / % .1f", decor.WCSyncWidth)),
		mpb.AppendDecorators(decor.AverageSpeed(decor.SizeB1024(0), "% .1f"), decor.Name(", "), decor.AverageETA(decor.ET_STYLE_GO), decor.Name(" left")))
}

// Moved implements s3copy.Observer.
func (p *progress) Moved(n int64) {
	now := p.bytes.Add(n)
	if p.data != nil {
		p.data.SetCurrent(now)
	}
}

// Done implements s3copy.Observer. What was there already was not planned.
func (p *progress) Done(o s3copy.Outcome) {
	if o.Op.Action == s3copy.Skip {
		return
	}
	p.objects.Add(1)
	if p.count != nil {
		p.count.Increment()
	}
}

func (p *progress) lines() {
	defer close(p.ended)
	tick := time.NewTicker(everySoOften)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			fmt.Fprintln(p.out, p.line(time.Since(p.began)))
		case <-p.stop:
			return
		}
	}
}

// line is the state after a time. Retries move bytes twice, so the time left
// never counts below nothing.
func (p *progress) line(elapsed time.Duration) string {
	bytes, all := p.bytes.Load(), p.size.Load()
	rate := float64(bytes) / max(elapsed.Seconds(), 0.001)
	left := "unknown"
	if rate > 0 {
		left = time.Duration(float64(max(all-bytes, 0)) / rate * float64(time.Second)).Round(time.Second).String()
	}
	return fmt.Sprintf("%d of %d objects, %s of %s, %s/s, %s left", p.objects.Load(), p.total.Load(), size(bytes), size(all), size(int64(rate)), left)
}

// end draws the last state and lets the terminal go.
func (p *progress) end() {
	close(p.stop)
	switch {
	case p.bars != nil:
		for _, bar := range []*mpb.Bar{p.count, p.data} {
			if bar != nil {
				bar.Abort(false) // it may be short of its total, after a failure
			}
		}
		p.bars.Wait()
	case p.ended != nil:
		<-p.ended
	}
}
