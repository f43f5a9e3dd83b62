package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// bridgeServer answers as the backend in China does behind its gateway: over
// https, on the gateway's own host name, to whoever has one of its keys. The
// name is reached through a proxy, so that nothing leaves the machine.
type bridgeServer struct {
	proxy, bundle string

	mu     sync.Mutex
	keys   func() []string
	answer string
	asked  int
	hosts  map[string]bool
}

func startBridge(t *testing.T) *bridgeServer {
	t.Helper()
	b := &bridgeServer{answer: `[{"integrationId": "1"}]`, hosts: map[string]bool{}}
	b.proxy, b.bundle = behindProxy(t, b, "*.execute-api.cn-north-1.amazonaws.com.cn")
	return b
}

// behindProxy serves a handler over https under some host names, which are
// reached through the proxy only, and known to who has the bundle.
func behindProxy(t *testing.T, handler http.Handler, names ...string) (proxyURL, bundle string) {
	t.Helper()
	certificate, bundle := certificateFor(t, names)
	server := httptest.NewUnstartedServer(handler)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	t.Cleanup(server.Close)
	target := server.Listener.Addr().String()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { tunnel(w, r, target) }))
	t.Cleanup(proxy.Close)
	return proxy.URL, bundle
}

func certificateFor(t *testing.T, names []string) (certificate tls.Certificate, bundle string) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "stand-in"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: names,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	bundle = filepath.Join(t.TempDir(), "bundle.pem")
	if err := os.WriteFile(bundle, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, bundle
}

// tunnel is a proxy that leads every CONNECT to one server.
func tunnel(w http.ResponseWriter, r *http.Request, target string) {
	out, err := net.Dial("tcp", target)
	if err != nil || r.Method != http.MethodConnect {
		http.Error(w, "no way", http.StatusBadGateway)
		return
	}
	defer out.Close()
	in, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer in.Close()
	io.WriteString(in, "HTTP/1.1 200 OK\r\n\r\n")
	go io.Copy(out, in)
	io.Copy(in, out)
}

func (b *bridgeServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked++
	b.hosts[r.Host] = true
	body, _ := io.ReadAll(r.Body)
	ok := false
	for _, key := range b.keys() {
		ok = ok || r.Header.Get("X-Api-Key") == key
	}
	w.Header().Set("Content-Type", "application/json")
	switch {
	case r.Method != http.MethodPost || !strings.HasSuffix(r.URL.Path, "/prod/cn/panther-source-api") || string(body) != `{"listIntegrations": {}}`:
		w.WriteHeader(http.StatusNotFound)
		io.WriteString(w, `{"message": "Not Found"}`)
	case !ok:
		w.WriteHeader(http.StatusForbidden)
		io.WriteString(w, `{"message": "Forbidden"}`)
	default:
		io.WriteString(w, b.answer)
	}
}

// set changes what the bridge answers.
func (b *bridgeServer) set(answer string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.answer = answer
}

// count is how often the bridge was asked.
func (b *bridgeServer) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.asked
}
