package main

import (
	"bytes"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

var update = flag.Bool("update", false, "write the output of the commands into the README")

var console = regexp.MustCompile("(?s)```console\n\\$ ([^\n]*)\n(.*?)```")

// TestReadme runs every console block of the README: what is shown there is
// what the program prints.
func TestReadme(t *testing.T) {
	readme := filepath.Join("..", "..", "README.md")
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	program := build(t)
	blocks := console.FindAllStringSubmatch(string(text), -1)
	if len(blocks) == 0 {
		t.Fatal("the README shows no transcript")
	}
	for _, block := range blocks {
		args := strings.Fields(block[1])
		if args[0] != "panther-preflight" {
			t.Errorf("%s: a transcript begins with the program", block[1])
			continue
		}
		cmd := exec.Command(program, args[1:]...)
		var out bytes.Buffer
		cmd.Stdout, cmd.Stderr, cmd.Env = &out, &out, append(os.Environ(), secretscan.Environment()...)
		if err := cmd.Run(); err != nil && cmd.ProcessState == nil {
			t.Fatal(err)
		}
		secretscan.Ran(t, args, out.String())
		if *update {
			text = bytes.Replace(text, []byte(block[0]), []byte("```console\n$ "+block[1]+"\n"+out.String()+"```"), 1)
		} else if out.String() != block[2] {
			t.Errorf("%s prints\n%s\nand the README shows\n%s\nrun go test ./cmd/panther-preflight -update", block[1], &out, block[2])
		}
	}
	if *update {
		if err := os.WriteFile(readme, text, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func build(t *testing.T) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "panther-preflight.exe")
	if out, err := exec.Command("go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return program
}
