package docs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// block is one fenced block of a page. mark is the comment right above it.
type block struct {
	page           string
	line           int
	language, mark string
	text           string
}

var (
	fence = regexp.MustCompile("^( *)```([a-z]*)$")
	mark  = regexp.MustCompile(`^ *<!-- run: exit (\d+) -->$`)
)

func pages(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/checks/*.md"} {
		found, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, found...)
	}
	return all
}

func blocks(t *testing.T, page string) []block {
	t.Helper()
	text, err := os.ReadFile(page)
	if err != nil {
		t.Fatal(err)
	}
	var all []block
	var current *block
	indent, above := "", ""
	for i, line := range strings.Split(strings.ReplaceAll(string(text), "\r\n", "\n"), "\n") {
		m := fence.FindStringSubmatch(line)
		switch {
		case m != nil && current == nil:
			current, indent = &block{page: page, line: i + 1, language: m[2], mark: above}, m[1]
		case current != nil && m != nil && m[2] == "":
			all, current = append(all, *current), nil
		case current != nil:
			current.text += strings.TrimPrefix(line, indent) + "\n"
		}
		above = line
	}
	if current != nil {
		t.Errorf("%s:%d: the block does not end", page, current.line)
	}
	return all
}

// TestRunnableBlocks runs every block that is marked with its exit code. A
// block of several commands ends with the first that fails.
func TestRunnableBlocks(t *testing.T) {
	ran := 0
	for _, page := range pages(t) {
		folder := ""
		for _, b := range blocks(t, page) {
			if b.language == "yaml" && folder != "" && strings.Contains(b.text, "environments:") {
				// What the page tells its reader to write is what the next block reads.
				if err := os.WriteFile(filepath.Join(folder, ".panther-preflight.yml"), []byte(b.text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			m := mark.FindStringSubmatch(b.mark)
			if m == nil {
				continue
			}
			programs(t)
			if folder == "" {
				folder = workplace(t)
			}
			ran++
			t.Run(fmt.Sprintf("%s:%d", filepath.Base(page), b.line), func(t *testing.T) {
				if code, out := shell(t, folder, "set -eo pipefail\n"+b.text); fmt.Sprint(code) != m[1] {
					t.Errorf("exit %d, want %s\n%s%s", code, m[1], b.text, out)
				}
			})
		}
	}
	if ran < 10 {
		t.Errorf("only %d blocks are marked as runnable", ran)
	}
}

var ours = regexp.MustCompile(`^(panther-preflight|releasecopy) `)

// TestShownCommandsAreOnesOfOurs takes the commands of blocks that are only
// shown, and demands that the program knows the command and its flags.
func TestShownCommandsAreOnesOfOurs(t *testing.T) {
	for _, page := range pages(t) {
		for _, b := range blocks(t, page) {
			if mark.MatchString(b.mark) || b.language != "sh" && b.language != "console" {
				continue
			}
			for command := range strings.SplitSeq(strings.ReplaceAll(b.text, "\\\n", " "), "\n") {
				command = strings.TrimPrefix(strings.TrimSpace(command), "$ ")
				if !ours.MatchString(command) || strings.ContainsAny(command, "<…[") {
					continue
				}
				command, _, _ = strings.Cut(command, " | ")
				command, _, _ = strings.Cut(command, " > ")
				command, _, _ = strings.Cut(command, " # ")
				command, _, _ = strings.Cut(command, " && ")
				if code, out := shell(t, t.TempDir(), command+" --help"); code != 0 {
					t.Errorf("%s:%d: %s\n%s", page, b.line, command, out)
				}
			}
		}
	}
}
