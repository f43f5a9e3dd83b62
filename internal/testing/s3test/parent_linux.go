package s3test

import (
	"os/exec"
	"syscall"
)

// endWithParent lets no server outlive a test that is killed.
func endWithParent(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL} }
