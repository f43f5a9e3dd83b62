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
}

func startBridge(t *testing.T) *bridgeServer {
	t.Helper()
	b := &bridgeServer{answer: `[{"integrationId": "1"}]`}
	server := httptest.NewUnstartedServer(b)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{b.certificate(t)}}
	server.StartTLS()
	t.Cleanup(server.Close)
	target := server.Listener.Addr().String()
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { tunnel(w, r, target) }))
	t.Cleanup(proxy.Close)
	b.proxy = proxy.URL
	return b
}

func (b *bridgeServer) certificate(t *testing.T) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "bridge"}, IsCA: true, BasicConstraintsValid: true,
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{"*.execute-api.cn-north-1.amazonaws.com.cn"},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	b.bundle = filepath.Join(t.TempDir(), "bundle.pem")
	if err := os.WriteFile(b.bundle, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

// tunnel is a proxy that leads every CONNECT to the bridge.
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
