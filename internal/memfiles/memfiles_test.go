package memfiles

import (
	"errors"
	"io/fs"
	"testing"
)

func TestFiles(t *testing.T) {
	files := Files{"a/b.yml": []byte("x: 1")}
	text, err := fs.ReadFile(files, "a/b.yml")
	if err != nil || string(text) != "x: 1" {
		t.Fatalf("%q, %v", text, err)
	}
	info, err := fs.Stat(files, "a/b.yml")
	if err != nil || info.Size() != 4 || !info.Mode().IsRegular() || info.Name() != "b.yml" {
		t.Fatalf("%v, %v", info, err)
	}
	for _, name := range []string{"b.yml", "a", "../a/b.yml"} {
		if _, err := files.Open(name); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
