package bridge

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// classify says what an answer is. Only a JSON list with a status of success is
// what listIntegrations returns: API Gateway refuses in JSON too, a function
// that failed answers with status 200, and anybody can send a page.
func classify(response *http.Response, body []byte) string {
	if 300 <= response.StatusCode && response.StatusCode < 400 {
		return redirected(response)
	}
	if response.StatusCode == http.StatusNetworkAuthenticationRequired {
		return checks.ProbePortal
	}
	body = bytes.TrimSpace(bytes.TrimPrefix(body, []byte("\uFEFF")))
	if json.Valid(body) {
		return ofJSON(response, body)
	}
	if page(response, body) {
		return ofPage(string(body))
	}
	if denies(response.StatusCode) {
		return checks.ProbeOther // API Gateway refuses in JSON: somebody else does
	}
	return byStatus(response.StatusCode)
}

// refusal is an object that API Gateway or Lambda answers with. Nothing of it is
// shown.
type refusal struct {
	Message      json.RawMessage `json:"message"`
	ErrorMessage *string         `json:"errorMessage"`
	ErrorType    *string         `json:"errorType"`
}

func ofJSON(response *http.Response, body []byte) string {
	ok := 200 <= response.StatusCode && response.StatusCode < 300
	var r refusal
	_ = json.Unmarshal(body, &r) // what is no object, or another one, has none of it
	switch {
	case r.ErrorMessage != nil || r.ErrorType != nil || response.Header.Get("X-Amz-Function-Error") != "":
		return checks.ProbeFunction
	case ok && body[0] == '[':
		return checks.ProbeList
	case ok && string(body) == "null":
		return checks.ProbeNull
	case !ok && r.Message != nil:
		return refused(response.StatusCode, r.Message)
	case !ok:
		return byStatus(response.StatusCode)
	}
	return checks.ProbeOtherJSON
}

// refused tells the refusals of API Gateway apart, by the messages that it
// documents for them.
func refused(status int, text json.RawMessage) string {
	var message *string
	err := json.Unmarshal(text, &message)
	switch {
	case err != nil:
		return byStatus(status)
	case message == nil && denies(status): // what accounts in China without an ICP recordal get
		return checks.ProbeNoICP
	case message == nil:
		return byStatus(status)
	}
	return ofMessage(status, *message)
}

func denies(status int) bool {
	return status == http.StatusForbidden || status == http.StatusUnauthorized
}

func ofMessage(status int, message string) string {
	switch {
	case message == "Forbidden":
		return checks.ProbeForbidden
	case message == "Missing Authentication Token":
		return checks.ProbeNoPath
	case message == "Limit Exceeded", message == "Too Many Requests":
		return checks.ProbeThrottled
	case denies(status):
		return checks.ProbeDenied
	}
	return byStatus(status)
}

func byStatus(status int) string {
	switch {
	case status == http.StatusForbidden:
		return checks.ProbeForbidden
	case status == http.StatusUnauthorized:
		return checks.ProbeDenied
	case status == http.StatusNotFound:
		return checks.ProbeNoPath
	case status == http.StatusTooManyRequests:
		return checks.ProbeThrottled
	case status == http.StatusBadGateway:
		return checks.ProbeFunction // how API Gateway passes on that a function failed
	case status >= 500:
		return checks.ProbeGateway
	}
	return checks.ProbeOther
}

func page(response *http.Response, body []byte) bool {
	return bytes.HasPrefix(body, []byte("<")) || strings.Contains(response.Header.Get("Content-Type"), "html")
}

var (
	// icpWords are those of the pages that Chinese networks answer with for a
	// host without an ICP recordal (bei an).
	icpWords = regexp.MustCompile(`备案|備案|(?i:\bICP\b|beian|webblock|\bmiit\b|unfiled)`)
	// portalWords are those of the page that a network asks to sign in with.
	portalWords = regexp.MustCompile(`(?i)captive|wi-?fi|hotspot|wispaccessgateway|portal|\bsign[ -]?[io]n\b|\blog[ -]?[io]n\b|type=["']?password|network access|accept (the )?terms|http-equiv=["']?refresh`)
)

func ofPage(body string) string {
	switch {
	case icpWords.MatchString(body):
		return checks.ProbeICP
	case portalWords.MatchString(body):
		return checks.ProbePortal
	}
	return checks.ProbeHTML
}

// redirected looks at where an answer leads: a portal leads to a host of its own.
func redirected(response *http.Response) string {
	location, err := url.Parse(response.Header.Get("Location"))
	switch {
	case err != nil || location.Host == "":
		return checks.ProbeRedirect
	case icpWords.MatchString(location.String()):
		return checks.ProbeICP
	case response.Request != nil && strings.EqualFold(location.Hostname(), response.Request.URL.Hostname()):
		return checks.ProbeRedirect
	}
	return checks.ProbePortal
}
