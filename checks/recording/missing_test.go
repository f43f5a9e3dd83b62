package recording_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/recording"
)

// without writes a recording, changed as a version would have written it that
// did not know some facts.
func without(t *testing.T, f *checks.Facts, change func(facts map[string]any)) []checks.Gap {
	t.Helper()
	var b bytes.Buffer
	if err := recording.Of(f, checks.Tool{}, nil).Write(&b); err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := json.Unmarshal(b.Bytes(), &file); err != nil {
		t.Fatal(err)
	}
	delete(file, "digest") // a file of an earlier version has none
	change(file["facts"].(map[string]any))
	text, err := json.Marshal(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := recording.Read("facts.json", text)
	if err != nil {
		t.Fatal(err)
	}
	return r.Restore().Gaps
}

func TestWhatARecordingDoesNotHaveIsAGap(t *testing.T) {
	f := &checks.Facts{}
	f.Run.Time = "2026-03-01T00:00:00Z"
	f.Role.Tags = []checks.Tag{{Key: "a", Value: "b"}, {Key: "c", Value: "d"}}
	if gaps := without(t, f, func(map[string]any) {}); len(gaps) != 0 {
		t.Fatalf("a whole recording has the gaps %v", gaps)
	}
	gaps := without(t, f, func(facts map[string]any) {
		delete(facts, "network")
		delete(facts["cloudformation"].(map[string]any), "retained")
		for _, tag := range facts["role"].(map[string]any)["tags"].([]any) {
			delete(tag.(map[string]any), "value")
		}
	})
	var have []string
	for _, g := range gaps {
		have = append(have, g.Fact)
		if !strings.Contains(g.Reason, "record the facts again") {
			t.Errorf("the reason of %s is %q", g.Fact, g.Reason)
		}
	}
	slices.Sort(have)
	if want := []string{"cloudformation.retained", "network", "role.tags"}; !slices.Equal(have, want) {
		t.Fatalf("gaps %v, want %v", have, want)
	}
}
