// Package fakeevents stands in for CloudFormation where a test reads the events
// of a deployment that failed. Only tests import it.
package fakeevents

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
)

// Server answers CloudFormation's query protocol from recorded events: two a
// page, newest first, a deleted stack by its id only.
type Server struct {
	Events []events.Event
	// Deleted and Denied are stacks by their id, or by what they are asked for.
	Deleted, Denied map[string]bool

	mu    sync.Mutex
	calls []string
}

// Change changes what the server tells, between requests.
func (f *Server) Change(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

// Calls are the requests so far: action and stack.
func (f *Server) Calls() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.calls)
}

// Start serves the events of a file until the test ends.
func Start(t testing.TB, file string) (f *Server, endpoint string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	f = &Server{Deleted: map[string]bool{}, Denied: map[string]bool{}}
	if f.Events, err = events.Read(file, text); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return f, server.URL
}

// ServeHTTP answers one request.
func (f *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, form.Get("Action")+" "+form.Get("StackName"))
	switch form.Get("Action") {
	case "DescribeStackEvents":
		f.describe(w, form)
	case "ListStacks":
		f.list(w, form)
	default:
		fault(w, http.StatusBadRequest, "InvalidAction", form.Get("Action"))
	}
}

func fault(w http.ResponseWriter, status int, code, message string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>%s</Code><Message>%s</Message></Error><RequestId>1</RequestId></ErrorResponse>`, code, message)
}

func (f *Server) describe(w http.ResponseWriter, form url.Values) {
	name := form.Get("StackName")
	if f.Denied[name] {
		fault(w, http.StatusForbidden, "AccessDenied", "User is not authorized to perform: cloudformation:DescribeStackEvents")
		return
	}
	var of []events.Event
	for _, e := range f.Events {
		if e.StackID == name || e.StackName == name && !f.Deleted[e.StackID] {
			of = append(of, e)
		}
	}
	if len(of) == 0 {
		fault(w, http.StatusBadRequest, "ValidationError", "Stack ["+name+"] does not exist")
		return
	}
	from := 0
	fmt.Sscan(form.Get("NextToken"), &from)
	to := min(from+2, len(of))
	fmt.Fprint(w, `<DescribeStackEventsResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStackEventsResult><StackEvents>`)
	for _, e := range of[from:to] {
		fmt.Fprintf(w, `<member><EventId>%s</EventId><StackId>%s</StackId><StackName>%s</StackName><LogicalResourceId>%s</LogicalResourceId><PhysicalResourceId>%s</PhysicalResourceId><ResourceType>%s</ResourceType><Timestamp>%s</Timestamp><ResourceStatus>%s</ResourceStatus><ResourceStatusReason>%s</ResourceStatusReason></member>`,
			e.ID, e.StackID, e.StackName, e.LogicalID, e.PhysicalID, e.Type, e.Time.Format(time.RFC3339Nano), e.Status, strings.ReplaceAll(e.Reason, "&", "&amp;"))
	}
	fmt.Fprint(w, `</StackEvents>`)
	if to < len(of) {
		fmt.Fprintf(w, `<NextToken>%d</NextToken>`, to)
	}
	fmt.Fprint(w, `</DescribeStackEventsResult></DescribeStackEventsResponse>`)
}

func (f *Server) list(w http.ResponseWriter, form url.Values) {
	if form.Get("StackStatusFilter.member.1") != "DELETE_COMPLETE" {
		fault(w, http.StatusBadRequest, "ValidationError", "only deleted stacks are asked for")
		return
	}
	fmt.Fprint(w, `<ListStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><ListStacksResult><StackSummaries>`)
	token := ""
	if form.Get("NextToken") == "" {
		// The first page has only an older stack of the same name.
		fmt.Fprint(w, `<member><StackId>arn:old</StackId><StackName>panther-prod</StackName><CreationTime>2020-01-01T00:00:00Z</CreationTime><DeletionTime>2020-01-02T00:00:00Z</DeletionTime><StackStatus>DELETE_COMPLETE</StackStatus></member>`)
		token = `<NextToken>2</NextToken>`
	} else {
		for id := range f.Deleted {
			fmt.Fprintf(w, `<member><StackId>%s</StackId><StackName>%s</StackName><CreationTime>2022-01-01T00:00:00Z</CreationTime><DeletionTime>2022-01-02T00:00:00Z</DeletionTime><StackStatus>DELETE_COMPLETE</StackStatus></member>`, id, strings.Split(id, "/")[1])
		}
	}
	fmt.Fprint(w, `</StackSummaries>`+token+`</ListStacksResult></ListStacksResponse>`)
}
