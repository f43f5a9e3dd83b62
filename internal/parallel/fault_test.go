package parallel

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

const secret = "seeded-secret-in-a-panic"

// TestAFaultShowsNoValue has what a package panics with quote a secret, on its
// own goroutine, as an error, and passed on from one to another.
func TestAFaultShowsNoValue(t *testing.T) {
	faults := map[string]error{
		"a text":        Caught(func() error { panic(secret) })(),
		"an error":      Caught(func() error { panic(errors.New(secret)) })(),
		"bytes":         Caught(func() error { panic([]byte(secret)) })(),
		"a value":       Caught(func() error { panic(struct{ Key string }{secret}) })(),
		"a wrapped one": Caught(func() error { panic(fmt.Errorf("wrapped: %w", FaultOf(secret))) })(),
	}
	faults["passed on"] = Caught(func() error {
		var g Group
		g.Go(func() { panic(secret) })
		g.Wait()
		return nil
	})()
	for what, err := range faults {
		var fault *Fault
		if !errors.As(err, &fault) {
			t.Fatalf("%s: %v", what, err)
		}
		shown := fmt.Sprintf("%v %s", err, fault)
		if strings.Contains(shown, secret) || strings.Contains(shown, fmt.Sprint([]byte(secret))) {
			t.Errorf("%s: %s", what, shown)
		}
		if !strings.Contains(shown, "internal error: a fault of type ") || !strings.Contains(shown, "TestAFaultShowsNoValue") {
			t.Errorf("%s does not say where it was: %s", what, shown)
		}
	}
	at := 3
	if err := Caught(func() error { _ = []int{1}[at]; return nil })(); !strings.Contains(err.Error(), "index out of range [3] with length 1") {
		t.Errorf("what the runtime says is hidden: %v", err)
	}
	if err := Caught(func() error { return nil })(); err != nil {
		t.Error(err)
	}
}
