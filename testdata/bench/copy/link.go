package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

// link is the way to the server.
type link struct {
	tls   bool
	delay time.Duration // of every request
}

func (l link) String() string {
	text := "http"
	if l.tls {
		text = "https"
	}
	if l.delay > 0 {
		text += fmt.Sprintf(", %v added to every request", l.delay)
	}
	return text
}

// parseLink reads http, https, http+200ms, https+200ms.
func parseLink(text string) (l link, err error) {
	scheme, delay, delayed := strings.Cut(text, "+")
	if scheme != "http" && scheme != "https" {
		return l, fmt.Errorf("-links: %q is neither http nor https", text)
	}
	l.tls = scheme == "https"
	if delayed {
		l.delay, err = time.ParseDuration(delay)
	}
	return l, err
}

// serve starts the S3 server with its buckets, and what delays it, and returns
// where it is.
func (b *bench) serve(ctx context.Context, l link) (string, error) {
	addr, err := freeAddr()
	if err != nil {
		return "", err
	}
	root := filepath.Join(b.dir, "buckets")
	if err := os.RemoveAll(root); err != nil {
		return "", err
	}
	if err := os.MkdirAll(root, 0o755); err != nil {
		return "", err
	}
	cert, key, err := b.certificate()
	if err != nil {
		return "", err
	}
	args := []string{"-addr", addr, "-root", root}
	inside := link{tls: l.tls && l.delay == 0} // behind what delays there is no need for TLS
	if inside.tls {
		args = append(args, "-cert", cert, "-key", key)
	}
	cmd := exec.CommandContext(ctx, b.server, args...)
	cmd.Env = append(os.Environ(), "S3SERVER_ACCESS_KEY="+accessKey, "S3SERVER_SECRET_KEY="+secretKey)
	if err := cmd.Start(); err != nil {
		return "", err
	}
	waitFor(addr)
	for _, name := range []string{"bench-aws", "bench-ours", "bench-fixed", "bench-s5cmd"} {
		make := exec.Command("aws", "--endpoint-url", inside.String()+"://"+addr, "--region", "us-east-1", "s3", "mb", "s3://"+name)
		make.Env = b.env
		if out, err := make.CombinedOutput(); err != nil {
			return "", fmt.Errorf("make bucket %s: %w: %s", name, err, out)
		}
	}
	if l.delay == 0 {
		return inside.String() + "://" + addr, nil
	}
	return delayed(ctx, "http://"+addr, l, cert, key)
}

func freeAddr() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

func waitFor(addr string) {
	for range 250 {
		if conn, err := net.Dial("tcp", addr); err == nil {
			conn.Close()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// delayed is the server with a delay before every request.
func delayed(ctx context.Context, server string, link link, cert, key string) (string, error) {
	target, err := url.Parse(server)
	if err != nil {
		return "", err
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConns, transport.MaxIdleConnsPerHost = 2048, 2048
	proxy := &httputil.ReverseProxy{
		Rewrite:   func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = r.In.Host },
		Transport: transport, BufferPool: &pool{},
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	at := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		time.Sleep(link.delay)
		proxy.ServeHTTP(w, r)
	}), TLSConfig: &tls.Config{NextProtos: []string{"http/1.1"}, MinVersion: tls.VersionTLS12}, TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){}}
	context.AfterFunc(ctx, func() { at.Close() })
	if link.tls {
		go at.ServeTLS(l, cert, key) //nolint:errcheck // it ends with the measurement
		return "https://" + l.Addr().String(), nil
	}
	go at.Serve(l) //nolint:errcheck // it ends with the measurement
	return "http://" + l.Addr().String(), nil
}

// pool keeps what the delay costs small: it takes from the same processors.
type pool struct{ sync.Pool }

func (p *pool) Get() []byte {
	if b, ok := p.Pool.Get().(*[]byte); ok {
		return *b
	}
	return make([]byte, 64<<10)
}

func (p *pool) Put(b []byte) { p.Pool.Put(&b) }

// certificate makes one for the loopback address, and has every client trust it.
func (b *bench) certificate() (cert, key string, err error) {
	cert, key = filepath.Join(b.dir, "cert.pem"), filepath.Join(b.dir, "key.pem")
	if _, err := os.Stat(cert); err == nil {
		return cert, key, nil
	}
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", "", err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, BasicConstraintsValid: true, IsCA: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		return "", "", err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		return "", "", err
	}
	b.env = append(b.env, "AWS_CA_BUNDLE="+cert)
	return cert, key, errors.Join(writePEM(cert, "CERTIFICATE", der), writePEM(key, "PRIVATE KEY", secret))
}

func writePEM(path, kind string, der []byte) error {
	return os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600)
}
