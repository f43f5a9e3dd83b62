package collect_test

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/collect/awsfake"
)

// A deleted stack without the time of its deletion is an emulator's, whose
// nested stacks come back when their resources are asked for.
func TestADeletedStackWithoutATimeIsNotOpened(t *testing.T) {
	made := func(change func(string) string) int {
		a := awsfake.Panther()
		list := a.Answers["cloudformation:ListStacks"]
		a.Answers["cloudformation:ListStacks"] = func(r awsfake.Request) string { return change(list(r)) }
		read(t, a, nil)
		return a.Made("cloudformation:ListStackResources")
	}
	dated := made(func(text string) string { return text })
	undated := made(func(text string) string {
		return strings.Replace(text, "<DeletionTime>2025-12-02T00:00:00Z</DeletionTime>", "", 1)
	})
	if undated != dated-1 {
		t.Errorf("%d stacks were opened, with the time %d", undated, dated)
	}
}
