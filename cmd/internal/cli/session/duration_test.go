package session

import (
	"testing"
	"time"
)

func TestANumberWithoutUnitIsSeconds(t *testing.T) {
	for text, want := range map[string]time.Duration{"90": 90 * time.Second, "90s": 90 * time.Second, "5m": 5 * time.Minute, "0": 0} {
		var d Duration
		if err := d.Set(text); err != nil || time.Duration(d) != want {
			t.Errorf("%s is %v, %v", text, time.Duration(d), err)
		}
	}
	for _, text := range []string{"", "soon", "5 m", "1.5"} {
		var d Duration
		if d.Set(text) == nil {
			t.Errorf("%q is taken for %v", text, time.Duration(d))
		}
	}
}
