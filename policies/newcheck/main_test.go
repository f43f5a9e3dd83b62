package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/engine"
)

func TestANewCheckCompilesAtOnce(t *testing.T) {
	root := t.TempDir()
	files, err := write(root, "PF-XYZ-001", "sample/region_is_right")
	if err != nil || len(files) != 3 {
		t.Fatal(files, err)
	}
	e, err := engine.New(context.Background(), engine.Options{Bundled: os.DirFS(root)})
	if err != nil {
		t.Fatal(err)
	}
	if m := e.Metas()[0]; m.ID != "PF-XYZ-001" || m.Area != "XYZ" {
		t.Fatalf("%+v", m)
	}
	if _, err := write(root, "PF-XYZ-002", "sample/region_is_right"); err == nil || !strings.Contains(err.Error(), "exists already") {
		t.Fatal("an existing check is overwritten:", err)
	}
	if _, err := os.Stat(filepath.Join(root, "sample", "region_is_right_test.rego")); err != nil {
		t.Fatal(err)
	}
}

func TestBadNames(t *testing.T) {
	for _, c := range [][2]string{{"PF-1", "a/b"}, {"PF-XYZ-001", "a"}, {"PF-XYZ-001", "a/b_test"}, {"PF-XYZ-001", "../b"}, {"PF-XYZ-001", "A/B"}} {
		if _, err := write(t.TempDir(), c[0], c[1]); err == nil {
			t.Errorf("%q is accepted", c)
		}
	}
}
