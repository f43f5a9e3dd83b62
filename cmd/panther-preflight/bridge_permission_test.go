package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// outcomes are the status of each check of a report, and its reason.
func (w *world) outcomes(code int) (status, reason map[string]string, whole string) {
	w.t.Helper()
	whole = w.awsSession.run(code, "china", "status", "-f", "json", "--china-profile", "cn", "--proxy-profile", "std")
	var r struct {
		Results []struct{ ID, Status, Reason string }
	}
	_, text, _ := strings.Cut(whole, "\n{") // notes on stderr come before it
	w.must(json.NewDecoder(strings.NewReader("{" + text)).Decode(&r))
	status, reason = map[string]string{}, map[string]string{}
	for _, one := range r.Results {
		status[one.ID], reason[one.ID] = one.Status, one.Reason
	}
	return status, reason, whole
}

// denied are the answers of AWS to a call that a policy does not allow, in the
// three forms of its protocols.
func denied(out http.ResponseWriter, call, action string) {
	words := fmt.Sprintf("User: arn:aws:iam::111122223333:user/o is not authorized to perform: %s", action)
	switch {
	case action == "kms:Decrypt":
		out.WriteHeader(http.StatusBadRequest)
		io.WriteString(out, `{"__type":"AccessDeniedException","Message":"Access to KMS is not allowed"}`)
	case strings.HasPrefix(action, "secretsmanager:"):
		out.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(out, `{"__type":"AccessDeniedException","Message":%q}`, words)
	case strings.HasPrefix(action, "cloudformation:"):
		out.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(out, "<ErrorResponse><Error><Type>Sender</Type><Code>AccessDenied</Code><Message>%s</Message></Error></ErrorResponse>", words)
	default:
		out.Header().Set("X-Amzn-ErrorType", "AccessDeniedException")
		out.WriteHeader(http.StatusForbidden)
		fmt.Fprintf(out, `{"message":%q}`, words)
	}
}

// TestStatusWithoutEachPermission takes the permissions of status away one by
// one: nothing that depends on one is passed, and the reason names it.
func TestStatusWithoutEachPermission(t *testing.T) {
	w := newWorld(t)
	w.seedGateway()
	w.run(0, "china", "link", "--yes")
	b := standBetween(t, w)
	for _, c := range []struct {
		call, action string
		unknown      []string
	}{
		{`^GET /restapis$`, "apigateway:GET", []string{"PF-CHN-008", "PF-CHN-009", "PF-CHN-010", "PF-CHN-011"}},
		{`^GET /restapis/[^/]+/stages$`, "apigateway:GET", []string{"PF-CHN-008", "PF-CHN-009", "PF-CHN-010"}},
		{`^GET /usageplans$`, "apigateway:GET", []string{"PF-CHN-008", "PF-CHN-009", "PF-CHN-010"}},
		{`^GET /usageplans/[^/]+/keys$`, "apigateway:GET", []string{"PF-CHN-008", "PF-CHN-009", "PF-CHN-010"}},
		{`^GET /apikeys/`, "apigateway:GET", []string{"PF-CHN-008", "PF-CHN-010"}},
		{`^GetSecretValue$`, "secretsmanager:GetSecretValue", []string{"PF-CHN-009", "PF-CHN-010", "PF-CHN-011"}},
		{`^GetSecretValue$`, "kms:Decrypt", []string{"PF-CHN-009", "PF-CHN-010", "PF-CHN-011"}},
		{`^DescribeStacks cn-`, "cloudformation:DescribeStacks", []string{"PF-CHN-010", "PF-CHN-012"}},
		{`^DescribeStacks ap-`, "cloudformation:DescribeStacks", []string{"PF-CHN-012"}},
	} {
		matches, met := regexp.MustCompile(c.call), false
		b.set(func(_ int, call string, out http.ResponseWriter) bool {
			if !matches.MatchString(call) {
				return true
			}
			met = true
			denied(out, call, c.action)
			return false
		}, nil)
		status, reason, whole := w.outcomes(3)
		if !met {
			t.Errorf("%s: no such call", c.call)
		}
		for id, is := range status {
			missing := slices.Contains(c.unknown, id)
			if missing && (is != "unknown" || !strings.Contains(reason[id], c.action)) {
				t.Errorf("%s without %s: %s is %s: %q", c.call, c.action, id, is, reason[id])
			} else if !missing && is != "passed" {
				t.Errorf("%s without %s: %s is %s: %q\n%s", c.call, c.action, id, is, reason[id], whole)
			}
		}
	}
}
