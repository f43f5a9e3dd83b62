package parallel

import (
	"strings"
	"sync/atomic"
	"testing"
)

func TestAPanicReachesWhoeverWaits(t *testing.T) {
	var g Group
	var done atomic.Int32
	g.Go(func() { done.Add(1) })
	g.Go(func() { broken() })
	g.Go(func() { done.Add(1) })
	defer func() {
		f, ok := recover().(*Fault)
		if !ok || f.Value != "out of order" || !strings.Contains(string(f.Stack), "broken") {
			t.Errorf("recovered %v", f)
		}
		if done.Load() != 2 {
			t.Errorf("%d of 2 others had ended", done.Load())
		}
	}()
	g.Wait()
	t.Error("it went on")
}

func broken() { panic("out of order") }
