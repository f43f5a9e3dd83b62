package collect_test

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// A deleted stack without the time of its deletion is an emulator's, whose
// nested stacks come back when their resources are asked for. What it kept was
// not read, and is unknown.
func TestADeletedStackWithoutATimeIsNotOpened(t *testing.T) {
	made := func(change func(string) string) (opened, gaps int) {
		a := fakeaws.Panther()
		list := a.Answers["cloudformation:ListStacks"]
		a.Answers["cloudformation:ListStacks"] = func(r fakeaws.Request) string { return change(list(r)) }
		for _, g := range read(t, a, nil).Gaps {
			if g.Fact == "cloudformation.retained" {
				gaps++
			}
		}
		return a.Made("cloudformation:ListStackResources"), gaps
	}
	dated, none := made(func(text string) string { return text })
	undated, one := made(func(text string) string {
		return strings.Replace(text, "<DeletionTime>2025-12-02T00:00:00Z</DeletionTime>", "", 1)
	})
	if undated != dated-1 || none != 0 || one != 1 {
		t.Errorf("%d stacks were opened and %d gaps left, with the time %d and %d", undated, one, dated, none)
	}
}
