package moto

import (
	"net/http"
	"os"
	"os/exec"
	"testing"
)

func TestStart(t *testing.T) {
	response, err := http.Post(Start(t)+"/moto-api/reset", "application/octet-stream", nil)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusOK {
		t.Error(response.Status)
	}
}

// TestWithoutTheEmulator holds that its absence is said, and a failure where
// end-to-end tests are demanded. It runs itself with an empty PATH.
func TestWithoutTheEmulator(t *testing.T) {
	if os.Getenv("EMULATOR_TEST_CHILD") != "" {
		Start(t)
		return
	}
	for _, required := range []bool{false, true} {
		cmd := exec.Command(os.Args[0], "-test.run=^TestWithoutTheEmulator$", "-test.v")
		cmd.Env = []string{"EMULATOR_TEST_CHILD=1", "PATH="}
		if required {
			cmd.Env = append(cmd.Env, "PREFLIGHT_REQUIRE_E2E=1")
		}
		if out, err := cmd.CombinedOutput(); (err != nil) != required {
			t.Errorf("required %v: %v: %s", required, err, out)
		}
	}
}
