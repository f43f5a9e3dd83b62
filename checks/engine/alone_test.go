package engine_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
)

// alone runs a test in a process of its own and tells that it did: a policy that
// is left behind ends with that process, and takes no time from other tests.
func alone(t *testing.T) bool {
	t.Helper()
	const marks = "ENGINE_TEST_ALONE"
	if os.Getenv(marks) == t.Name() {
		return false
	}
	parts := strings.Split(t.Name(), "/")
	for i, part := range parts {
		parts[i] = "^" + regexp.QuoteMeta(part) + "$"
	}
	c := exec.Command(os.Args[0], "-test.run="+strings.Join(parts, "/"), "-test.count=1")
	c.Env = append(os.Environ(), marks+"="+t.Name())
	out, err := c.CombinedOutput()
	if err != nil || strings.Contains(string(out), "no tests to run") {
		t.Errorf("%v\n%s", err, out)
	}
	return true
}
