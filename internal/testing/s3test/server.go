// Package s3test runs a real S3 server on loopback for tests, and puts faults
// between it and its clients. Only tests import it.
package s3test

import (
	"bytes"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// The only credentials that a Server knows.
const (
	AccessKey = "AKIATESTONLY"
	SecretKey = "seeded-secret-of-the-s3-server"
)

// Server is one process that serves Root, whose sub-folders are its buckets.
type Server struct {
	URL, Region, Root string
	CAFile            string // with TLS, what clients must trust
	PID               int
}

// Options of a server.
type Options struct {
	Region string // us-east-1 by default
	TLS    bool
}

// Start runs a server until the test ends. Without one the test is skipped, or
// fails where PREFLIGHT_REQUIRE_E2E is 1.
func Start(t testing.TB, o Options) *Server {
	t.Helper()
	binary := build(t)
	if o.Region == "" {
		o.Region = "us-east-1"
	}
	addr := freeAddr(t)
	s := &Server{URL: "http://" + addr, Region: o.Region, Root: dataDir(t)}
	args := []string{"-addr", addr, "-root", s.Root, "-region", o.Region}
	if o.TLS {
		cert := makeCert(t)
		s.URL, s.CAFile = "https://"+addr, cert.ca
		args = append(args, "-cert", cert.cert, "-key", cert.key)
	}
	cmd := exec.Command(binary, args...)
	cmd.Env = []string{"S3SERVER_ACCESS_KEY=" + AccessKey, "S3SERVER_SECRET_KEY=" + SecretKey, "HOME=" + s.Root}
	cmd.Stdout, cmd.Stderr = os.Stderr, os.Stderr
	endWithParent(cmd)
	if err := cmd.Start(); err != nil {
		t.Fatalf("start the S3 server: %v", err)
	}
	s.PID = cmd.Process.Pid
	t.Cleanup(func() {
		cmd.Process.Kill() //nolint:errcheck // it may have ended
		cmd.Wait()         //nolint:errcheck // it was killed
	})
	waitFor(t, addr)
	return s
}

// dataDir is removed when the test ends, whatever the server still writes.
func dataDir(t testing.TB) string {
	dir, err := os.MkdirTemp("", "s3server")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) }) //nolint:errcheck // a leftover in the temporary folder
	return dir
}

func freeAddr(t testing.TB) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func waitFor(t testing.TB, addr string) {
	for range 500 {
		conn, err := net.Dial("tcp", addr)
		if err == nil {
			conn.Close()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatalf("the S3 server at %s does not answer", addr)
}

// Bucket makes a bucket and returns the folder that holds its objects.
func (s *Server) Bucket(t testing.TB, name string) string {
	t.Helper()
	_, err := s3.NewFromConfig(s.Config(t, "")).CreateBucket(context.Background(), &s3.CreateBucketInput{Bucket: &name})
	if err != nil {
		t.Fatalf("make bucket %s: %v", name, err)
	}
	return filepath.Join(s.Root, name)
}

// Fill makes a bucket with these objects and returns its folder.
func (s *Server) Fill(t testing.TB, name string, files map[string][]byte) string {
	t.Helper()
	dir := s.Bucket(t, name)
	s.Put(t, name, files)
	return dir
}

// Put puts objects into a bucket.
func (s *Server) Put(t testing.TB, name string, files map[string][]byte) {
	t.Helper()
	client := s3.NewFromConfig(s.Config(t, ""))
	for key, body := range files {
		if _, err := client.PutObject(context.Background(), &s3.PutObjectInput{Bucket: &name, Key: &key, Body: bytes.NewReader(body)}); err != nil {
			t.Fatalf("put %s: %v", key, err)
		}
	}
}

// Config reaches the server, or what stands at url in front of it.
func (s *Server) Config(t testing.TB, url string) aws.Config {
	if url == "" {
		url = s.URL
	}
	client := awshttp.NewBuildableClient()
	if s.CAFile != "" {
		client = client.WithTransportOptions(trust(t, s.CAFile))
	}
	return aws.Config{
		Region: s.Region, BaseEndpoint: &url, HTTPClient: client,
		Credentials: credentials.NewStaticCredentialsProvider(AccessKey, SecretKey, ""),
	}
}
