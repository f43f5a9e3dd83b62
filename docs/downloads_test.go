package docs_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync/atomic"
	"testing"
)

// downloads stands for the downloads of a release: a server with the zip of this
// machine, and tools that ask it where they are told to ask GitHub.
type downloads struct {
	sha256  string // of the zip
	path    string // with the tools in front
	fetched *atomic.Int32
}

func publish(t *testing.T) downloads {
	t.Helper()
	name := "panther-preflight-" + runtime.GOOS + "-" + runtime.GOARCH
	// A script that starts the program: as good to fetch, and quickly done.
	program := "#!/bin/sh\nexec '" + filepath.Join(programs(t), "panther-preflight") + "' \"$@\"\n"
	var content bytes.Buffer
	archive := zip.NewWriter(&content)
	header := &zip.FileHeader{Name: name, Method: zip.Store}
	header.SetMode(0o755)
	file, err := archive.CreateHeader(header)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write([]byte(program)); err != nil {
		t.Fatal(err)
	}
	if err := archive.Close(); err != nil {
		t.Fatal(err)
	}
	var fetched atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/panther-preflight/panther-preflight/releases/download/v1.0.0/"+name+".zip" {
			http.NotFound(w, r)
			return
		}
		fetched.Add(1)
		_, _ = w.Write(content.Bytes())
	}))
	t.Cleanup(server.Close)
	tools := t.TempDir()
	// The tools keep their flags; only the host and what goes with https are others.
	const stand = `#!/bin/bash
arguments=()
for a; do
	case "$a" in
	https://github.com/*) a="$DOWNLOADS/${a#https://github.com/}" ;;
	=https) a=http ;;
	esac
	arguments+=("$a")
done
`
	for tool, command := range map[string]string{
		"curl": `exec "$(PATH=${PATH#*:} command -v curl)" "${arguments[@]}"`,
		"wget": `[ "$1 $2" = "-q -O" ] || exit 1; exec "$(PATH=${PATH#*:} command -v curl)" -fsS -o "$3" "${arguments[3]}"`,
	} {
		text := strings.ReplaceAll(stand, "$DOWNLOADS", server.URL) + command + "\n"
		if err := os.WriteFile(filepath.Join(tools, tool), []byte(text), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	digest := sha256.Sum256(content.Bytes())
	return downloads{sha256: hex.EncodeToString(digest[:]), path: tools + string(filepath.ListSeparator) + os.Getenv("PATH"), fetched: &fetched}
}

// onLinux skips what names the program of a Linux runner.
func onLinux(t *testing.T) {
	t.Helper()
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		t.Skip("SKIP(linux/amd64): the example fetches the program of that platform")
	}
}
