// Package fakeaws is an AWS account in memory, for tests only. It speaks the
// wire protocols of the services, so that clients cannot tell it from AWS where
// it matters: what is denied, throttled, cut off, slow, or fails half-way is
// answered as the service would. It checks no signature and imports the
// standard library only.
package fakeaws

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Account answers for one account.
type Account struct {
	// Denied are the IAM actions that are refused.
	Denied []string
	// DeniedWith are those that are refused where a field of the request holds a
	// text.
	DeniedWith map[string]string
	// Allowed, when it is not nil, are the only ones that are not refused.
	Allowed []string
	// Faults are answered instead, by IAM action.
	Faults map[string]Fault
	// Answers are the bodies by IAM action; what has none is answered with an
	// empty list.
	Answers map[string]func(Request) string

	// Delay is added to every answer.
	Delay time.Duration

	mu    sync.Mutex
	calls []string
}

// Fault is one way of not answering.
type Fault int

// The faults.
const (
	Throttle Fault = iota + 1
	Cut            // the connection is closed in the middle
	Slow           // the answer comes after the client gave up
	Page           // a page of HTML, as proxies send
	Empty          // nothing, and the status of a success
	Hollow         // an object or element with nothing in it, with the status of a success
	Foreign        // an object or element of another program, with the status of a success
	Half           // the first page says that there is another, which is refused
)

// Request is what a client asked.
type Request struct {
	Action   string // as IAM names it: `iam:GetRole`
	Region   string
	Protocol string
	// Fields are the members of the request by name, of forms, queries and
	// JSON; paths are under `path`.
	Fields map[string]string
}

// Start serves the account on loopback until the test ends.
func (a *Account) Start(t testing.TB) string {
	t.Helper()
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	return server.URL
}

// Calls are the actions that were asked for, each once, sorted.
func (a *Account) Calls() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	calls := slices.Clone(a.calls)
	slices.Sort(calls)
	return slices.Compact(calls)
}

// Count is how many requests came.
func (a *Account) Count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return len(a.calls)
}

// record keeps that a call came.
func (a *Account) record(r Request) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.calls = append(a.calls, r.Action)
}

// ServeHTTP answers one call.
func (a *Account) ServeHTTP(w http.ResponseWriter, h *http.Request) {
	body, err := io.ReadAll(h.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	r := read(h, body)
	a.record(r)
	time.Sleep(a.Delay)
	switch fault := a.Faults[r.Action]; {
	case fault == Cut:
		cut(w)
	case fault == Slow:
		select {
		case <-h.Context().Done():
		case <-time.After(10 * time.Second):
		}
	case fault == Page:
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusOK)
		fmt.Fprint(w, "<!doctype html><title>Sign in</title><p class=x>")
	case fault == Empty:
		w.WriteHeader(http.StatusOK)
	case fault == Hollow, fault == Foreign:
		w.Header().Set("Content-Type", contentType(r.Protocol))
		fmt.Fprint(w, foreign(r.Protocol, fault == Foreign))
	case fault == Throttle:
		refuse(w, h, r, "ThrottlingException", "Rate exceeded", http.StatusBadRequest)
	case fault == Half && a.Made(r.Action) > 1:
		refuse(w, h, r, "InternalFailure", "try again", http.StatusBadRequest)
	case a.refuses(r):
		refuse(w, h, r, denial(r), "not authorized to perform: "+r.Action, http.StatusForbidden)
	default:
		a.answer(w, r)
	}
}

func (a *Account) refuses(r Request) bool {
	for _, value := range r.Fields {
		if text := a.DeniedWith[r.Action]; text != "" && strings.Contains(value, text) {
			return true
		}
	}
	return slices.Contains(a.Denied, r.Action) || a.Allowed != nil && !slices.Contains(a.Allowed, r.Action)
}

func (a *Account) answer(w http.ResponseWriter, r Request) {
	text := empty(r)
	if body, has := a.Answers[r.Action]; has {
		text = body(r)
	}
	w.Header().Set("Content-Type", contentType(r.Protocol))
	w.Header().Set("X-Amzn-Requestid", "11111111-2222-3333-4444-555555555555")
	if code, message, failed := failure(text); failed {
		refuse(w, nil, r, code, message, http.StatusBadRequest)
		return
	}
	if a.Faults[r.Action] == Half {
		text = withMore(r.Protocol, text)
	}
	fmt.Fprint(w, text)
}

// foreign is what is no answer of the service, in the protocol's own format.
func foreign(protocol string, talks bool) string {
	switch json := protocol == jsonProtocol || protocol == restJSON; {
	case json && talks:
		return `{"status": "blocked", "category": "unknown", "items": []}`
	case json:
		return "{}"
	case talks:
		return "<result><status>blocked</status><member>x</member></result>"
	}
	return "<Response></Response>"
}

// cut closes the connection in the middle of an answer.
func cut(w http.ResponseWriter) {
	hijacker, ok := w.(http.Hijacker)
	if !ok {
		return
	}
	connection, buffer, err := hijacker.Hijack()
	if err != nil {
		return
	}
	fmt.Fprint(buffer, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{")
	buffer.Flush()
	connection.Close()
}

// Made is how often an action was called.
func (a *Account) Made(action string) int {
	a.mu.Lock()
	defer a.mu.Unlock()
	n := 0
	for _, c := range a.calls {
		if c == action {
			n++
		}
	}
	return n
}
