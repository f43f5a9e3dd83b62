package yamldoc_test

import (
	"slices"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

func TestCommentsInJSON(t *testing.T) {
	text := "// ä first\n{\"a\": \"http://x # no comment\", /* é\n two */ \"b\": 1, # last\n \"c\": \"\\\"// no\"}\n"
	d, err := yamldoc.ParseWith("f.json", []byte(text), yamldoc.Options{Comments: true})
	if err != nil {
		t.Fatal(err)
	}
	want := []yamldoc.Place{{Line: 1, Column: 1}, {Line: 2, Column: 32}, {Line: 3, Column: 17}}
	if !slices.Equal(d.Comments, want) {
		t.Errorf("comments at %v, want %v", d.Comments, want)
	}
	if b := d.Root.Content[2]; b.Value != "b" || b.Line != 3 || b.Column != 9 {
		t.Errorf("b stands at %d:%d", b.Line, b.Column)
	}
	if c := d.Root.Content[5]; c.Value != `"// no` {
		t.Errorf("c is %q", c.Value)
	}
	if _, err := yamldoc.Parse("f.json", []byte(text)); err == nil {
		t.Error("a comment in JSON is no fault of a file that is not a template")
	}
}

// A flow mapping of YAML is no JSON, and its slashes are text.
func TestNoCommentsInYAML(t *testing.T) {
	d, err := yamldoc.ParseWith("f.yml", []byte("{a: http://x, b: c} # comment"), yamldoc.Options{Comments: true})
	if err != nil || len(d.Comments) > 0 || d.Root.Content[1].Value != "http://x" {
		t.Errorf("%+v %v", d, err)
	}
}

func TestAnyKeys(t *testing.T) {
	text := "a: 1\na: 2\n? [x]\n: 3\n~: 4\n"
	d, err := yamldoc.ParseWith("f", []byte(text), yamldoc.Options{AnyKeys: true})
	if err != nil || len(d.Root.Content) != 8 {
		t.Errorf("%+v %v", d, err)
	}
	if _, err := yamldoc.ParseWith("f", []byte("? "+bomb()), yamldoc.Options{AnyKeys: true}); err == nil {
		t.Error("the limits do not hold for keys")
	}
	if _, err := yamldoc.ParseWith("f", []byte(bomb()), yamldoc.Options{AnyKeys: true}); err == nil {
		t.Error("the limits do not hold")
	}
}
