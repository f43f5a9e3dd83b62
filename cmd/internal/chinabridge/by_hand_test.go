package chinabridge

import (
	"strings"
	"testing"
)

// TestADisabledKeyIsEnabledAgain has somebody write a key to the secret by hand
// that the run has disabled: the run enables it, and says so.
func TestADisabledKeyIsEnabledAgain(t *testing.T) {
	for key, says := range map[string]string{"old": "the key old was written to the secret again meanwhile", "new1": "the secret has the new key new1, which is enabled"} {
		w := newWorld()
		r := planned(t, w)
		if key == "new1" {
			w.fates["probe"] = []fate{unsent} // it is withdrawn
		}
		for r.phase != verifying {
			r.step(t.Context())
		}
		if w.key(key).on {
			t.Fatalf("%s is not disabled", key)
		}
		w.versions = append(w.versions, version{"by hand", secretWith(key)})
		err := r.Run(t.Context())
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "enable it") {
			t.Errorf("%s: %v", key, err)
		}
		if !w.opens() || w.current().id != key {
			t.Errorf("%s is left disabled, and the secret holds it: %v", key, err)
		}
	}
}

// TestNoKeyIsDisabledThatTheSecretHolds has somebody write the old key by hand
// before the run disables it.
func TestNoKeyIsDisabledThatTheSecretHolds(t *testing.T) {
	w := newWorld()
	r := planned(t, w)
	for r.phase != confirming {
		r.step(t.Context())
	}
	w.versions = append(w.versions, version{"by hand", secretWith("old")})
	if err := r.Run(t.Context()); err == nil || len(r.disabled) > 0 || !w.opens() {
		t.Errorf("%v: disabled were %v", err, r.disabled)
	}
}

// TestNothingIsWrittenOverByHand has somebody change the secret while the new
// key is made: that version stays.
func TestNothingIsWrittenOverByHand(t *testing.T) {
	w := newWorld()
	r := planned(t, w)
	for r.phase != checking {
		r.step(t.Context())
	}
	w.versions = append(w.versions, version{"by hand", secretWith("old")})
	if err := r.Run(t.Context()); err == nil || len(w.versions) != 2 || !w.opens() || w.enabledKeys() != "old" {
		t.Errorf("%v: the secret has the versions %v, enabled are %s", err, w.versions, w.enabledKeys())
	}
}
