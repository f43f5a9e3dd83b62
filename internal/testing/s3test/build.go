package s3test

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var built = sync.OnceValues(buildServer)

func build(t testing.TB) string {
	t.Helper()
	path, err := built()
	if err == nil {
		return path
	}
	if os.Getenv("PREFLIGHT_REQUIRE_E2E") == "1" {
		t.Fatalf("the S3 server is required: %v", err)
	}
	t.Skipf("SKIP(s3server) %v", err)
	return ""
}

// buildServer builds testdata/tools/s3server once for each state of its source.
func buildServer() (string, error) {
	if path := os.Getenv("PREFLIGHT_S3SERVER"); path != "" {
		return path, nil
	}
	gomod, err := exec.Command("go", "env", "GOMOD").Output()
	if err != nil {
		return "", fmt.Errorf("find the module: %w", err)
	}
	source := filepath.Join(filepath.Dir(strings.TrimSpace(string(gomod))), "testdata", "tools", "s3server")
	sum := sha256.New()
	for _, name := range []string{"main.go", "go.sum"} {
		text, err := os.ReadFile(filepath.Join(source, name))
		if err != nil {
			return "", fmt.Errorf("read the server's source: %w", err)
		}
		sum.Write(text)
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	path := filepath.Join(cache, "panther-preflight-tests", "s3server-"+hex.EncodeToString(sum.Sum(nil))[:16])
	if _, err := os.Stat(path); err == nil {
		return path, nil
	}
	return path, compile(source, path)
}

// compile builds beside the path and renames, so that test processes that build
// at the same time never run half a program.
func compile(source, path string) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	temp := fmt.Sprintf("%s.%d", path, os.Getpid())
	cmd := exec.Command("go", "build", "-o", temp, ".")
	cmd.Dir = source
	if out, err := cmd.CombinedOutput(); err != nil {
		return errors.New("build the server: " + strings.TrimSpace(string(out)))
	}
	return os.Rename(temp, path)
}
