package cases

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestOwnCases covers every operator and rule once at least. Each case holds
// what AWS documents for it, written by hand.
func TestOwnCases(t *testing.T) {
	file := filepath.Join("testdata", "cases.jsonl")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	cases, err := Read(file, strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		var want struct {
			expectation
			DependsOn []string `json:"dependsOn"`
			BlockedBy struct {
				Sid string `json:"sid"`
			} `json:"blockedBy"`
		}
		if err := json.Unmarshal([]byte(line), &want.expectation); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal([]byte(line), &want); err != nil {
			t.Fatal(err)
		}
		got := cases[i].Answer()
		checkAnswer(t, got, want.expectation)
		if want.DependsOn != nil && !slices.Equal(got.DependsOn, want.DependsOn) {
			t.Errorf("%s: depends on %q, want %q", got.Name, got.DependsOn, want.DependsOn)
		}
		if sid := want.BlockedBy.Sid; sid != "" && (got.BlockedBy == nil || got.BlockedBy.Sid != sid) {
			t.Errorf("%s: blocked by %+v, want Sid %s", got.Name, got.BlockedBy, sid)
		}
	}
}
