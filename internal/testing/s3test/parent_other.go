//go:build !linux

package s3test

import "os/exec"

// endWithParent does nothing here: the test's own clean-up ends the server.
func endWithParent(*exec.Cmd) {}
