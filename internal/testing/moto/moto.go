// Package moto starts moto_server, the emulator of AWS that end-to-end
// tests run against. Only tests import it.
package moto

import (
	"net"
	"net/http"
	"os"
	"os/exec"
	"testing"
	"time"
)

// Start runs the emulator on a loopback address until the test ends and returns
// its URL. Where it is not installed the test is skipped, or fails when
// PREFLIGHT_REQUIRE_E2E is set.
func Start(t testing.TB) string {
	t.Helper()
	program, err := exec.LookPath("moto_server")
	if err != nil {
		if os.Getenv("PREFLIGHT_REQUIRE_E2E") != "" {
			t.Fatal("moto_server is not installed, and PREFLIGHT_REQUIRE_E2E demands it")
		}
		t.Skip("SKIP(moto): moto_server is not installed")
	}
	address := freeAddress(t)
	_, port, _ := net.SplitHostPort(address)
	server := exec.Command(program, "-H", "127.0.0.1", "-p", port)
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	for range 300 {
		if response, err := http.Get("http://" + address + "/moto-api/data.json"); err == nil {
			response.Body.Close()
			return "http://" + address
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatal("moto_server does not answer within 30 seconds")
	return ""
}

func freeAddress(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
