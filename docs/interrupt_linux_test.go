package docs_test

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// policyHead is the metadata of a policy of one's own.
const policyHead = `# METADATA
# scope: package
# title: It never ends
# description: A policy that never ends.
# related_resources:
# - ref: https://example.com
# custom:
#   id: CORP-DAT-001
#   severity: error
#   remediation: None.
#   source: a test
package custom.corp.endless

`

// endless keeps the evaluation in a comparison that nothing interrupts: each
// value holds the one before twice, under a type that does not.
func endless() string {
	text := policyHead + "finding contains {\"subject\": \"x\", \"message\": \"m\"} if {\n\tinput.run.offline\n\tcount({_x60, _y60}) == 7\n}\n\n_x0 := [1]\n_y0 := [1]\n"
	for i := range 60 {
		for _, name := range []string{"x", "y"} {
			text += fmt.Sprintf("_%s%d := array.concat([_%[1]s%[3]d], [_%[1]s%[3]d])\n", name, i+1, i)
		}
	}
	return text
}

// ownPolicies is a folder with one policy, and the command that checks with it.
func ownPolicies(t *testing.T, text string) (folder string, args []string) {
	t.Helper()
	folder = t.TempDir()
	if err := os.MkdirAll(filepath.Join(folder, "policies", "corp"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(folder, "policies", "corp", "endless.rego"), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return folder, []string{"check", "--example", "--policy", "policies", "--only", "PF-STK-001,CORP-DAT-001", "--format", "short"}
}

// started starts a program with one pipe for what it says.
func started(t *testing.T, folder, program string, args []string, out *os.File) *exec.Cmd {
	t.Helper()
	cmd := exec.Command(filepath.Join(programs(t), program), args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = folder, out, out
	cmd.Env = append(secretscan.Environment(), "HOME="+folder, "AWS_EC2_METADATA_DISABLED=true")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill() })
	return cmd
}

// ended waits for a program, and says with what it ended: the code of a signal
// that it did not catch is negative.
func ended(cmd *exec.Cmd, within time.Duration) (code int, inTime bool) {
	done := make(chan struct{})
	go func() { _ = cmd.Wait(); close(done) }()
	select {
	case <-done:
		if status := cmd.ProcessState.Sys().(syscall.WaitStatus); status.Signaled() {
			return -int(status.Signal()), true
		}
		return cmd.ProcessState.ExitCode(), true
	case <-time.After(within):
		return 0, false
	}
}

// TestTheFirstSignalDoesNotWaitForAPolicy interrupts a check whose policy nothing
// interrupts.
func TestTheFirstSignalDoesNotWaitForAPolicy(t *testing.T) {
	for _, s := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
		folder, args := ownPolicies(t, endless())
		out, err := os.Create(filepath.Join(t.TempDir(), "out"))
		if err != nil {
			t.Fatal(err)
		}
		defer out.Close()
		cmd := started(t, folder, "panther-preflight", args, out)
		time.Sleep(4 * time.Second) // its policy has ten
		if err := cmd.Process.Signal(s); err != nil {
			t.Fatal(err)
		}
		code, inTime := ended(cmd, 4*time.Second)
		said, _ := os.ReadFile(out.Name())
		secretscan.Ran(t, args, string(said))
		if !inTime || code != 130 || !strings.Contains(string(said), "interrupted") {
			t.Errorf("%s: exit %d, in time: %v: %s", s, code, inTime, said)
		}
	}
}

// TestTheSecondSignalEndsTheProcess holds both programs in a write to a pipe that
// is full, where no context reaches them.
func TestTheSecondSignalEndsTheProcess(t *testing.T) {
	for program, args := range map[string][]string{
		"panther-preflight": {"explain"}, "releasecopy": {"-type", "neither"},
	} {
		for second, want := range map[syscall.Signal]int{syscall.SIGINT: 130, syscall.SIGTERM: 143} {
			for delay := time.Second; ; delay *= 3 {
				code, ready := signalled(t, program, args, delay, second)
				if ready && code != want {
					t.Errorf("%s, %s: exit %d, want %d", program, second, code, want)
				}
				if ready || delay > time.Minute {
					break
				}
			}
		}
	}
}

// signalled sends two signals after a delay. It is not ready when the first one
// came before the program caught it.
func signalled(t *testing.T, program string, args []string, delay time.Duration, second syscall.Signal) (code int, ready bool) {
	t.Helper()
	var ends [2]int
	if err := syscall.Pipe(ends[:]); err != nil {
		t.Fatal(err)
	}
	reader, writer := os.NewFile(uintptr(ends[0]), "reader"), os.NewFile(uintptr(ends[1]), "writer")
	defer reader.Close()
	defer writer.Close()
	const capacity = 64 << 10
	if _, err := syscall.Write(ends[1], bytes.Repeat([]byte{'.'}, capacity)); err != nil {
		t.Fatal(err)
	}
	cmd := started(t, t.TempDir(), program, args, writer)
	time.Sleep(delay)
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		return 0, false
	}
	time.Sleep(delay / 2)
	if err := cmd.Process.Signal(second); err != nil {
		return 0, false // it had ended: nothing caught the first
	}
	code, inTime := ended(cmd, 10*time.Second)
	if !inTime {
		t.Fatalf("%s: the second %s did not end it", program, second)
	}
	if code < 0 {
		return 0, false
	}
	secretscan.Ran(t, args)
	return code, true
}
