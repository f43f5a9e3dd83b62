package main

import (
	"bytes"
	"context"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
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
	b.program = filepath.Join(b.dir, "panther-preflight")
	for _, c := range [][]string{
		{"build", "-trimpath", "-o", b.program, "./cmd/panther-preflight"},
		{"build", "-C", "testdata/tools/s3server", "-o", filepath.Join(b.dir, "s3server"), "."},
	} {
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

// serve starts the S3 server with its buckets.
func (b *bench) serve(ctx context.Context) (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	addr := l.Addr().String()
	l.Close()
	root := filepath.Join(b.dir, "buckets")
	if err := os.MkdirAll(root, 0o755); err != nil {
		return "", err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(b.dir, "s3server"), "-addr", addr, "-root", root)
	cmd.Env = append(os.Environ(), "S3SERVER_ACCESS_KEY="+accessKey, "S3SERVER_SECRET_KEY="+secretKey)
	if err := cmd.Start(); err != nil {
		return "", err
	}
	for range 250 {
		if conn, err := net.Dial("tcp", addr); err == nil {
			conn.Close()
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	for _, name := range []string{"bench-aws", "bench-ours", "bench-fixed"} {
		make := exec.Command("aws", "--endpoint-url", "http://"+addr, "--region", "us-east-1", "s3", "mb", "s3://"+name)
		make.Env = b.env
		if out, err := make.CombinedOutput(); err != nil {
			return "", fmt.Errorf("make bucket %s: %w: %s", name, err, out)
		}
	}
	return "http://" + addr, nil
}

// delayed is the server with a delay before every request.
func delayed(server string, delay time.Duration) (string, error) {
	target, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 2048, 2048
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = r.In.Host },
		Transport: transport, BufferPool: pool{},
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	go http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { //nolint:errcheck // it ends with the program
		time.Sleep(delay)
		proxy.ServeHTTP(w, r)
	}))
	return "http://" + l.Addr().String(), nil
}

type pool struct{}

func (pool) Get() []byte { return make([]byte, 64<<10) }
func (pool) Put([]byte)  {}

// peakMemory is the resident set at its largest.
func peakMemory(s *os.ProcessState) int64 {
	if usage, ok := s.SysUsage().(*syscall.Rusage); ok {
		return usage.Maxrss << 10
	}
	return 0
}
