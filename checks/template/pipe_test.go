//go:build unix

package template

import (
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// A pipe is refused: reading it could wait for ever.
func TestPipe(t *testing.T) {
	dir := t.TempDir()
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.yml"), 0o600); err != nil {
		t.Skip("no pipes here")
	}
	if _, _, err := Open(t.Context(), filepath.Join(dir, "pipe.yml")); err == nil || !strings.Contains(err.Error(), "neither a file nor a folder") {
		t.Error(err)
	}
	write(t, dir, "root.yml", "Resources: {S: {Type: 'AWS::CloudFormation::Stack', Properties: {TemplateURL: pipe.yml}}}")
	if c := open(t, dir, Options{}).Facts().Children[0]; c.State != "unreadable" {
		t.Errorf("%+v", c)
	}
}
