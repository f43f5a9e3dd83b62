package bridge

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"

	"github.com/panther-preflight/panther-preflight/checks"
)

var probed = Gateway{ID: "abc123"}.Address("cn-north-1")

// leading is a client that reaches a server under the name of the gateway. The
// certificate of httptest is of example.com, so that this name is verified.
func leading(server *httptest.Server, name string) *http.Client {
	client := HTTPClient(aws.Config{HTTPClient: awshttp.NewBuildableClient()})
	transport := server.Client().Transport.(*http.Transport).Clone()
	transport.TLSClientConfig = &tls.Config{RootCAs: transport.TLSClientConfig.RootCAs, ServerName: name}
	transport.DialContext = func(ctx context.Context, network, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, network, server.Listener.Addr().String())
	}
	client.Transport = transport
	client.Timeout = 5 * time.Second
	return client
}

type sent struct {
	status         int
	header         [2]string
	body, expected string
}

var answers = map[string]sent{
	"list":                     {200, [2]string{}, `[{"integrationId": "1"}]`, checks.ProbeList},
	"empty list":               {200, [2]string{}, " []\n", checks.ProbeList},
	"list and more":            {200, [2]string{}, "[] []", checks.ProbeOther},
	"list of a failure":        {500, [2]string{}, "[]", checks.ProbeGateway},
	"null":                     {200, [2]string{}, "null", checks.ProbeNull},
	"object":                   {200, [2]string{}, `{"integrations": []}`, checks.ProbeOtherJSON},
	"a message":                {200, [2]string{}, `{"message": "Forbidden"}`, checks.ProbeOtherJSON},
	"text":                     {200, [2]string{}, `"[]"`, checks.ProbeOtherJSON},
	"number":                   {200, [2]string{}, "1", checks.ProbeOtherJSON},
	"function error":           {200, [2]string{}, `{"errorMessage": "x", "errorType": "y"}`, checks.ProbeFunction},
	"function error 500":       {500, [2]string{}, `{"errorMessage": "x"}`, checks.ProbeFunction},
	"function error by header": {200, [2]string{"X-Amz-Function-Error", "Unhandled"}, `"x"`, checks.ProbeFunction},
	"function failed":          {502, [2]string{}, `{"message": "Internal server error"}`, checks.ProbeFunction},
	"time out":                 {504, [2]string{}, `{"message": "Endpoint request timed out"}`, checks.ProbeGateway},
	"gateway":                  {500, [2]string{}, `{"message": "Internal server error"}`, checks.ProbeGateway},
	"forbidden":                {403, [2]string{}, `{"message": "Forbidden"}`, checks.ProbeForbidden},
	"forbidden, a list":        {403, [2]string{}, `["Forbidden"]`, checks.ProbeForbidden},
	"no recordal":              {403, [2]string{}, `{"Message":null}`, checks.ProbeNoICP},
	"no recordal 401":          {401, [2]string{}, "{\"message\": null}\n", checks.ProbeNoICP},
	"null, the backend's":      {500, [2]string{}, `{"message":null}`, checks.ProbeGateway},
	"forbidden, a number":      {403, [2]string{}, `{"message":1}`, checks.ProbeForbidden},
	"forbidden, no JSON":       {403, [2]string{"Content-Type", "text/plain"}, "Forbidden by policy", checks.ProbeOther},
	"forbidden, nothing":       {403, [2]string{}, "", checks.ProbeOther},
	"list with a mark":         {200, [2]string{}, "\uFEFF[]", checks.ProbeList},
	"list of errors":           {200, [2]string{}, `[{"errors": [{"message": "x"}]}]`, checks.ProbeList},
	"no path":                  {403, [2]string{}, `{"message":"Missing Authentication Token"}`, checks.ProbeNoPath},
	"denied":                   {403, [2]string{}, `{"message":"User: anonymous is not authorized to perform: execute-api:Invoke"}`, checks.ProbeDenied},
	"denied 401":               {401, [2]string{}, `{"message":"Unauthorized"}`, checks.ProbeDenied},
	"throttled":                {429, [2]string{}, `{"message":"Limit Exceeded"}`, checks.ProbeThrottled},
	"html":                     {200, [2]string{"Content-Type", "text/html"}, "<html><body>It works!</body></html>", checks.ProbeHTML},
	"icp":                      {403, [2]string{"Content-Type", "text/html"}, "<html><title>该网站未备案</title></html>", checks.ProbeICP},
	"icp, English":             {403, [2]string{"Content-Type", "text/html"}, "<html>Your ICP filing is missing</html>", checks.ProbeICP},
	"icp, redirect":            {302, [2]string{"Location", "https://dnspod.example.com/static/webblock.html"}, "", checks.ProbeICP},
	"portal":                   {200, [2]string{"Content-Type", "text/html"}, "<html>Sign in to the hotel Wi-Fi</html>", checks.ProbePortal},
	"portal, redirect":         {302, [2]string{"Location", "http://login.example.net/?u=x"}, "", checks.ProbePortal},
	"portal, 511":              {511, [2]string{}, "", checks.ProbePortal},
	"redirect":                 {301, [2]string{"Location", "/elsewhere"}, "", checks.ProbeRedirect},
	"nothing":                  {200, [2]string{}, "", checks.ProbeOther},
	"text of no kind":          {200, [2]string{"Content-Type", "text/plain"}, "ok", checks.ProbeOther},
}

func TestEachAnswerIsToldApart(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		a := answers[r.Header.Get("X-Api-Key")]
		if r.Method != http.MethodPost || r.URL.Path != "/prod/cn/panther-source-api" || r.Host != "abc123.execute-api.cn-north-1.amazonaws.com.cn" {
			a = sent{status: 418}
		}
		if a.header[0] != "" {
			w.Header().Set(a.header[0], a.header[1])
		}
		w.WriteHeader(a.status)
		io.WriteString(w, a.body)
	}))
	defer server.Close()
	client := leading(server, "example.com")
	inner := client.Transport
	for name, a := range answers {
		client.Transport = naming{inner, name}
		p := Probe(t.Context(), client, probed, Hide("k"))
		if p.Answer != a.expected || p.Status != a.status || p.Host != probed.host {
			t.Errorf("%s: %+v, want %s", name, p, a.expected)
		}
	}
}

// naming has the server answer in one of the ways.
type naming struct {
	http.RoundTripper
	name string
}

func (n naming) RoundTrip(r *http.Request) (*http.Response, error) {
	r.Header.Set("X-Api-Key", n.name)
	return n.RoundTripper.RoundTrip(r)
}

// TestTheKeyGoesNowhereElse has a server redirect, be of another name, and be of
// an unknown authority.
func TestTheKeyGoesNowhereElse(t *testing.T) {
	came := 0
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { came++ }))
	defer other.Close()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
	}))
	server.Config.ErrorLog = nil
	server.StartTLS()
	defer server.Close()
	if p := Probe(t.Context(), leading(server, "example.com"), probed, Hide(seeded)); p.Answer != checks.ProbePortal || came != 0 {
		t.Errorf("%+v, %d requests were sent on", p, came)
	}
	p := Probe(t.Context(), leading(server, "other.example.org"), probed, Hide(seeded))
	if p.Answer != checks.ProbeUnreachable || !strings.Contains(p.Reason, "another host") {
		t.Errorf("%+v", p)
	}
	strange := leading(server, "example.com")
	strange.Transport.(*http.Transport).TLSClientConfig = &tls.Config{ServerName: "example.com"}
	p = Probe(t.Context(), strange, probed, Hide(seeded))
	if p.Answer != checks.ProbeUnreachable || !strings.Contains(p.Reason, "unknown authority") {
		t.Errorf("%+v", p)
	}
}

// TestUnreachableQuotesNothing has a peer send the key back where an error of
// the client would quote it.
func TestUnreachableQuotesNothing(t *testing.T) {
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err == nil {
			io.WriteString(conn, r.Header.Get("X-Api-Key")+"\r\n\r\n")
			conn.Close()
		}
	}))
	server.StartTLS()
	client := leading(server, "example.com")
	check := func(what string, p checks.BridgeProbe, reason string) {
		t.Helper()
		if p.Answer != checks.ProbeUnreachable || !strings.Contains(p.Reason, reason) || strings.Contains(p.Reason, seeded) {
			t.Errorf("%s: %+v", what, p)
		}
	}
	check("an echo", Probe(t.Context(), client, probed, Hide(seeded)), "the connection failed")
	check("no header", Probe(t.Context(), client, probed, Hide(seeded+"\n")), "cannot be sent")
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	check("interrupted", Probe(ended, client, probed, Hide(seeded)), "interrupted")
	server.Close()
	check("nobody", Probe(t.Context(), client, probed, Hide(seeded)), "refused")
}
