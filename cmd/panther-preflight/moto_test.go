package main

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"
)

// startMoto starts moto_server and returns its URL. Where it is not installed
// the test is skipped, unless PREFLIGHT_REQUIRE_E2E demands it.
func startMoto(t *testing.T) string {
	t.Helper()
	if url := os.Getenv("MOTO_URL"); url != "" {
		return url
	}
	server, err := exec.LookPath("moto_server")
	if err != nil {
		if os.Getenv("PREFLIGHT_REQUIRE_E2E") != "" {
			t.Fatal("moto_server is not installed, and PREFLIGHT_REQUIRE_E2E demands it")
		}
		t.Skip("SKIP(moto): moto_server is not installed")
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	cmd := exec.Command(server, "-H", "127.0.0.1", "-p", fmt.Sprint(port))
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	url := fmt.Sprintf("http://127.0.0.1:%d", port)
	for range 300 {
		if response, err := http.Get(url + "/moto-api/"); err == nil {
			response.Body.Close()
			return url
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("moto_server does not answer within 30 seconds")
	return ""
}
