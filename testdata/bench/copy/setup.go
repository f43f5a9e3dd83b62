package main

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
)

const (
	version   = "v9.9.9"
	accessKey = "AKIABENCH"
	secretKey = "bench-secret"
)

func environment() []string {
	return []string{
		"AWS_ACCESS_KEY_ID=" + accessKey, "AWS_SECRET_ACCESS_KEY=" + secretKey, "AWS_EC2_METADATA_DISABLED=true",
		"AWS_CONFIG_FILE=" + os.DevNull, "AWS_SHARED_CREDENTIALS_FILE=" + os.DevNull,
		"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"),
	}
}

func (b *bench) build() (err error) {
	var builds [][]string
	if b.server == "" {
		b.server = filepath.Join(b.dir, "s3server")
		builds = append(builds, []string{"build", "-C", "testdata/tools/s3server", "-o", b.server, "."})
	}
	if b.program == "" {
		b.program = filepath.Join(b.dir, "panther-preflight")
		builds = append(builds, []string{"build", "-trimpath", "-o", b.program, "./cmd/panther-preflight"})
	}
	for _, c := range builds {
		if out, err := exec.Command("go", c...).CombinedOutput(); err != nil {
			return fmt.Errorf("go %v: %w: %s", c, err, out)
		}
	}
	b.workers, err = os.Executable()
	return err
}

// makeRelease writes a release whose entry template refers to every object.
func makeRelease(dir string, small, large int) (total int64, err error) {
	if err := os.MkdirAll(filepath.Join(dir, version), 0o755); err != nil {
		return 0, err
	}
	var template bytes.Buffer
	template.WriteString("Resources:\n")
	random := rand.NewChaCha8([32]byte{1})
	for i := range small + large {
		size := 1 << 20
		if i >= small {
			size = 256 << 20
		}
		key, err := makeObject(dir, size, random)
		if err != nil {
			return 0, err
		}
		fmt.Fprintf(&template, "  F%d: {Type: AWS::Serverless::Function, Properties: {CodeUri: s3://panther-community-us-east-1/%s}}\n", i, key)
		total += int64(size)
	}
	return total, os.WriteFile(filepath.Join(dir, version, "panther.yml"), template.Bytes(), 0o644)
}

// makeObject writes random bytes in pieces: what this program holds in memory
// would be counted as its children's.
func makeObject(dir string, size int, random *rand.ChaCha8) (string, error) {
	f, err := os.CreateTemp(dir, "object")
	if err != nil {
		return "", err
	}
	defer f.Close()
	sum := sha1.New()
	piece := make([]byte, 1<<20)
	for range size >> 20 {
		random.Read(piece) //nolint:errcheck // it cannot fail
		sum.Write(piece)
		if _, err := f.Write(piece); err != nil {
			return "", err
		}
	}
	key := hex.EncodeToString(sum.Sum(nil))
	return key, os.Rename(f.Name(), filepath.Join(dir, key))
}

// peakMemory is the resident set at its largest.
func peakMemory(s *os.ProcessState) int64 {
	if usage, ok := s.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss << 10
	}
	return 0
}
