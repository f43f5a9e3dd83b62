package cases

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sharedCases is a larger suite kept beside the repository; it is not part of it.
var sharedCases = filepath.Join("..", "..", "..", "..", "shared", "cases", "iam")

type expectation struct {
	Expected  string `json:"expected"`
	BlockedBy *struct {
		Layer string `json:"layer"`
		Level *int   `json:"level"`
	} `json:"blockedBy"`
}

func TestSharedCases(t *testing.T) {
	for _, name := range []string{"conformance.jsonl", "examples.jsonl"} {
		file := filepath.Join(sharedCases, name)
		text, err := os.ReadFile(file)
		if err != nil {
			t.Skipf("the shared cases are not here: %v", err)
		}
		cases, err := Read(name, strings.NewReader(string(text)))
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		for i := range cases {
			var want expectation
			if err := json.Unmarshal([]byte(lines[i]), &want); err != nil {
				t.Fatal(err)
			}
			checkAnswer(t, cases[i].Answer(), want)
		}
	}
}

func checkAnswer(t *testing.T, got Answer, want expectation) {
	t.Helper()
	denied := want.Expected == "Denied" && got.Decision.Denied()
	if got.Decision.String() != want.Expected && !denied || got.Error != "" {
		t.Errorf("%s: %v %s, want %s", got.Name, got.Decision, got.Error, want.Expected)
	}
	if want.BlockedBy == nil {
		return
	}
	if got.BlockedBy == nil || got.BlockedBy.Layer.String() != want.BlockedBy.Layer {
		t.Errorf("%s: blocked by %+v, want layer %s", got.Name, got.BlockedBy, want.BlockedBy.Layer)
		return
	}
	if want.BlockedBy.Level != nil && (got.BlockedBy.Level == nil || *got.BlockedBy.Level != *want.BlockedBy.Level) {
		t.Errorf("%s: blocked at level %v, want %d", got.Name, got.BlockedBy.Level, *want.BlockedBy.Level)
	}
}
