package reference

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

// TestEveryFactIsDescribed holds the schema of the facts: a policy's author
// reads there what each field holds.
func TestEveryFactIsDescribed(t *testing.T) {
	schema, err := described(os.DirFS("../../.."))
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	var look func(s map[string]any, path string)
	look = func(s map[string]any, path string) {
		if items, is := s["items"].(map[string]any); is {
			look(items, path)
		}
		properties, _ := s["properties"].(map[string]any)
		for name, below := range properties {
			n++
			below := below.(map[string]any)
			if text, _ := below["description"].(string); text == "" {
				t.Errorf("%s.%s has no description", path, name)
			}
			look(below, path+"."+name)
		}
	}
	look(schema, "input")
	if n < 400 {
		t.Errorf("only %d fields were looked at", n)
	}
}

func TestAFactWithoutDescriptionIsMissed(t *testing.T) {
	d, err := newDescriber(os.DirFS("../../.."))
	if err != nil {
		t.Fatal(err)
	}
	type undescribed struct {
		Field string `json:"nobody_describes_this"`
	}
	schema := map[string]any{"properties": map[string]any{"nobody_describes_this": map[string]any{}}}
	d.describe(schema, reflect.TypeFor[undescribed]())
	if strings.Join(d.missing, "") != "undescribed.nobody_describes_this" {
		t.Errorf("missing: %v", d.missing)
	}
}
