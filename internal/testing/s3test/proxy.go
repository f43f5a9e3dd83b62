package s3test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"testing"
)

// Fault looks at a request on its way to the server. It may answer it itself
// and return true, or change it, or return false to let it pass.
type Fault func(w http.ResponseWriter, r *http.Request) (answered bool)

// Proxy stands in front of a server, with a fault in the way of requests and
// an edit in that of answers; either may be nil. It returns the URL.
func Proxy(t testing.TB, s *Server, fault Fault, edit func(*http.Response) error) string {
	t.Helper()
	target, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 1024
	transport.DisableCompression = true
	if s.CAFile != "" {
		trust(t, s.CAFile)(transport)
	}
	pass := &httputil.ReverseProxy{
		// The host stays the one that the client has signed.
		Rewrite:        func(r *httputil.ProxyRequest) { r.SetURL(target); r.Out.Host = r.In.Host },
		ModifyResponse: edit, Transport: transport, FlushInterval: -1,
		ErrorHandler: func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
	}
	proxy := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if fault != nil && fault(w, r) {
			return
		}
		pass.ServeHTTP(w, r)
	}))
	t.Cleanup(proxy.Close)
	return proxy.URL
}

// Refuse writes an S3 error answer.
func Refuse(w http.ResponseWriter, status int, code, message string) {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	io.WriteString(w, "<Error><Code>"+code+"</Code><Message>"+message+"</Message></Error>") //nolint:errcheck // the client is gone
}

// Flip is a body with one byte altered.
func Flip(body io.ReadCloser, at int64) io.ReadCloser { return &flipped{ReadCloser: body, left: at} }

type flipped struct {
	io.ReadCloser
	left int64
}

func (f *flipped) Read(p []byte) (int, error) {
	n, err := f.ReadCloser.Read(p)
	if f.left >= 0 && f.left < int64(n) {
		p[f.left] ^= 1
	}
	f.left -= int64(n)
	return n, err
}
