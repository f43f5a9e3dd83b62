package main

import (
	"archive/zip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestDocumentedNames holds the zips that the documents on AWS China name.
func TestDocumentedNames(t *testing.T) {
	var names []string
	for _, p := range platforms {
		names = append(names, programs[0].zipPrefix+p.String()+".zip")
	}
	for _, want := range []string{"darwin-amd64.zip", "linux-amd64.zip", "linux-arm.zip", "windows-amd64.zip", "windows-arm.zip", "linux-arm64.zip", "darwin-arm64.zip"} {
		if !slices.Contains(names, want) {
			t.Errorf("no %s in %v", want, names)
		}
	}
}

func TestPackDependsOnTheBytesAlone(t *testing.T) {
	dir := t.TempDir()
	var zips [2]string
	for i := range zips {
		binary := filepath.Join(dir, "releasecopy-linux-amd64")
		if err := os.WriteFile(binary, []byte("a program"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(binary, time.Time{}, time.Unix(int64(i)*1e6, 0)); err != nil {
			t.Fatal(err)
		}
		path := filepath.Join(dir, "out.zip")
		if err := pack(path, binary); err != nil {
			t.Fatal(err)
		}
		body, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		zips[i] = string(body)
	}
	if zips[0] != zips[1] {
		t.Error("the same program gives two different zips")
	}
	z, err := zip.NewReader(strings.NewReader(zips[0]), int64(len(zips[0])))
	if err != nil || len(z.File) != 1 || z.File[0].Name != "releasecopy-linux-amd64" || z.File[0].Mode() != 0o755 {
		t.Errorf("%+v, %v", z, err)
	}
	if err := writeChecksums(dir, []string{"out.zip"}); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "checksums.txt")); err != nil || !strings.HasSuffix(string(text), "  out.zip\n") {
		t.Errorf("%s, %v", text, err)
	}
}
