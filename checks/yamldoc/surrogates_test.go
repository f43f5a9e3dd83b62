package yamldoc_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// What JSON escapes as two units is read as the one character, and everything
// behind it keeps its place in the file.
func TestSurrogatePairs(t *testing.T) {
	text := "\ufeff" + `{"a": "\ud83d\ude00", "b": "x\\ud83d\\ude00", "c": {"d": "\uD83D\uDE00\ud83d\ude00 ü", "e": 1}}`
	d, err := yamldoc.Parse("f.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	var want map[string]any
	if err := json.Unmarshal([]byte(strings.TrimPrefix(text, "\ufeff")), &want); err != nil {
		t.Fatal(err)
	}
	c := d.Root.Content[5]
	if d.Root.Content[1].Value != want["a"] || d.Root.Content[3].Value != want["b"] || c.Content[1].Value != want["c"].(map[string]any)["d"] {
		t.Fatalf("%q %q %q", d.Root.Content[1].Value, d.Root.Content[3].Value, c.Content[1].Value)
	}
	line := []rune(strings.TrimPrefix(text, "\ufeff"))
	for key, n := range map[string]*yaml.Node{`"b"`: d.Root.Content[2], `"c"`: d.Root.Content[4], `"d"`: c.Content[0], `"e"`: c.Content[2]} {
		if got := string(line[n.Column-1 : n.Column+2]); got != key {
			t.Errorf("column %d is %s, want %s", n.Column, got, key)
		}
	}
}

func TestHalfAPairAndPlainTextAreNotJoined(t *testing.T) {
	if _, err := yamldoc.Parse("f.json", []byte(`{"a": "\ud83d"}`)); err == nil {
		t.Error("half a pair is no text")
	}
	d, err := yamldoc.Parse("f.yml", []byte(`a: \ud83d\ude00`))
	if err != nil || d.Root.Content[1].Value != `\ud83d\ude00` {
		t.Errorf("%v %v", d, err)
	}
}

// One line of nothing else must not cost the square of its length.
func TestManySurrogatePairs(t *testing.T) {
	cost := func(n int) time.Duration {
		text := "[" + strings.Repeat(`"\ud83d\ude00",`, n) + "1]"
		began := time.Now()
		if _, err := yamldoc.Parse("f.json", []byte(text)); err != nil {
			t.Fatal(err)
		}
		return time.Since(began)
	}
	cost(1000)
	if few, many := cost(10_000), cost(100_000); many > 60*max(few, time.Millisecond) {
		t.Fatalf("10,000 pairs took %s, 100,000 %s", few, many)
	}
}
