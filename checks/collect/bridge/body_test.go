package bridge

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
)

// TestNoRedirectIsFollowed has the gateway's own host lead on, in every way that
// a status and a header can, also to itself.
func TestNoRedirectIsFollowed(t *testing.T) {
	var asked, status int
	var location string
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		asked++
		w.Header().Set("Location", location)
		w.Header().Set("Refresh", "0; url="+location)
		w.WriteHeader(status)
		io.WriteString(w, "[]")
	}))
	defer server.Close()
	client := leading(server, "example.com")
	leads := map[string]string{
		"":                             checks.ProbeRedirect,
		"/prod/cn/panther-source-api":  checks.ProbeRedirect,
		"?":                            checks.ProbeRedirect,
		"%zz":                          checks.ProbeUnreachable,
		"https://" + probed.host + "/": checks.ProbeRedirect,
		"//" + strings.ToUpper(probed.host) + ":443/other":      checks.ProbeRedirect,
		"http://" + probed.host + "/prod":                       checks.ProbeRedirect,
		"https://user@" + probed.host + "/":                     checks.ProbeRedirect,
		"https://" + probed.host + ".evil.example.com/prod":     checks.ProbePortal,
		"https://evil.example.com/?back=https://" + probed.host: checks.ProbePortal,
	}
	for _, status = range []int{300, 301, 302, 303, 305, 307, 308} {
		for to, want := range leads {
			location, asked = to, 0
			if to == "%zz" && (status == 300 || status == 305) { // the client does not read where these lead
				want = checks.ProbeRedirect
			}
			if p := Probe(t.Context(), client, probed, Hide(seeded)); p.Answer != want || asked != 1 {
				t.Errorf("%d to %q: %+v, %d requests", status, to, p, asked)
			}
		}
	}
}

func gzipped(t *testing.T, text string, times int) string {
	t.Helper()
	var body bytes.Buffer
	w := gzip.NewWriter(&body)
	for range times {
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return body.String()
}

// TestTheBodyOfAnAnswer is packed, huge, packed and huge, too deep, slow, cut,
// and followed by more.
func TestTheBodyOfAnAnswer(t *testing.T) {
	body := func(text string, header ...string) func(http.ResponseWriter, *http.Request) {
		return func(w http.ResponseWriter, _ *http.Request) {
			for i := 0; i+1 < len(header); i += 2 {
				w.Header().Set(header[i], header[i+1])
			}
			io.WriteString(w, text)
		}
	}
	drip := func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			io.WriteString(w, " ")
			w.(http.Flusher).Flush()
			time.Sleep(20 * time.Millisecond)
		}
	}
	for name, c := range map[string]struct {
		send   func(http.ResponseWriter, *http.Request)
		want   string
		reason string
	}{
		"a packed list":          {body(gzipped(t, `[{"integrationId": "1"}]`, 1), "Content-Encoding", "gzip"), checks.ProbeList, ""},
		"a list, packed twice":   {body(gzipped(t, gzipped(t, "[]", 1), 1), "Content-Encoding", "gzip"), checks.ProbeOther, ""},
		"packed, and not said":   {body(gzipped(t, "[]", 1), "Content-Type", "application/json"), checks.ProbeOther, ""},
		"said, and not packed":   {body("[]", "Content-Encoding", "gzip"), checks.ProbeUnreachable, "the answer is not complete"},
		"another way to pack":    {body("[]", "Content-Encoding", "br"), checks.ProbeList, ""},
		"a packed bomb":          {body(gzipped(t, strings.Repeat("[", 1<<20), 1<<6), "Content-Encoding", "gzip"), checks.ProbeOther, ""},
		"more than is passed on": {body("[" + strings.Repeat(`"0123456789abcdef",`, 1<<20) + "1]"), checks.ProbeOther, ""},
		"deeper than is parsed":  {body(strings.Repeat("[", 1<<20) + strings.Repeat("]", 1<<20)), checks.ProbeOther, ""},
		"a list, and more":       {body("[]<script>"), checks.ProbeOther, ""},
		"slow":                   {drip, checks.ProbeUnreachable, "no answer in time"},
		"never":                  {func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }, checks.ProbeUnreachable, "no answer in time"},
		"cut": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "400")
			io.WriteString(w, `[`+seeded)
		}, checks.ProbeUnreachable, "the answer is not complete: the connection was cut"},
		"a list of another length": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "400")
			io.WriteString(w, `[]`)
		}, checks.ProbeUnreachable, "the answer is not complete"},
		"hints first": {func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Link", "<https://evil.example.com>; rel=preload")
			for range 3 {
				w.WriteHeader(http.StatusEarlyHints)
			}
			io.WriteString(w, "[]")
		}, checks.ProbeList, ""},
		"a huge header": {body("[]", "X-Huge", strings.Repeat("x", 12<<20)), checks.ProbeUnreachable, "the connection failed"},
	} {
		server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			io.Copy(io.Discard, r.Body) // else nobody sees that the client has gone
			c.send(w, r)
		}))
		client := leading(server, "example.com")
		client.Timeout = time.Minute
		if c.reason == "no answer in time" {
			client.Timeout = time.Second
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		p := Probe(t.Context(), client, probed, Hide(seeded))
		runtime.ReadMemStats(&after)
		if p.Answer != c.want || !strings.Contains(p.Reason, c.reason) || strings.Contains(p.Reason, seeded) {
			t.Errorf("%s: %+v, want %s %s", name, p, c.want, c.reason)
		}
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 200 {
			t.Errorf("%s took %d MiB", name, used)
		}
		client.CloseIdleConnections()
		server.Close()
	}
}
