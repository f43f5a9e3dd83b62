package preflight_test

import (
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestHelpCostsAtMostHalfOfACheck holds what a start may cost. The clients of
// AWS build tables of their operations at every start, whatever is asked; that
// is the price of their current versions, and it must stay small beside a check
// of the small release that is embedded. Both are processes of the same
// program, run by turns, and compared by the processor time that the operating
// system accounts to them: the least of several runs is the one that nothing
// else on the machine made longer.
func TestHelpCostsAtMostHalfOfACheck(t *testing.T) {
	if testing.Short() {
		t.Skip("it links the program")
	}
	program := filepath.Join(t.TempDir(), "panther-preflight.exe")
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/panther-preflight").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	var help, check time.Duration
	for range 7 {
		help = least(help, processorTime(t, 0, program, "--help"))
		check = least(check, processorTime(t, 1, program, "check", "--example"))
	}
	if help > check/2 {
		t.Errorf("--help takes %v of processor time, more than half of the %v of a check", help, check)
	}
	t.Logf("--help %v, check --example %v", help, check)
}

// processorTime runs a program that must end with a code.
func processorTime(t *testing.T, code int, program string, args ...string) time.Duration {
	t.Helper()
	cmd := exec.Command(program, args...)
	out, _ := cmd.CombinedOutput()
	if cmd.ProcessState.ExitCode() != code {
		t.Fatalf("%v: %v\n%s", args, cmd.ProcessState, out)
	}
	return cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
}

func least(a, b time.Duration) time.Duration {
	if a == 0 {
		return b
	}
	return min(a, b)
}
