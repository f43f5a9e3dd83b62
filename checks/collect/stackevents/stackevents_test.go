package stackevents

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"

	"github.com/panther-preflight/panther-preflight/checks/diagnose"
)

// fake answers CloudFormation's query protocol from recorded events: two a
// page, newest first, a deleted stack by its id only.
type fake struct {
	events  []diagnose.Event
	deleted map[string]bool
	denied  map[string]bool
	calls   []string
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
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

func (f *fake) describe(w http.ResponseWriter, form url.Values) {
	name := form.Get("StackName")
	if f.denied[name] {
		fault(w, http.StatusForbidden, "AccessDenied", "User is not authorized to perform: cloudformation:DescribeStackEvents")
		return
	}
	var of []diagnose.Event
	for _, e := range f.events {
		if e.StackID == name || e.StackName == name && !f.deleted[e.StackID] {
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

func (f *fake) list(w http.ResponseWriter, form url.Values) {
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
		for id := range f.deleted {
			fmt.Fprintf(w, `<member><StackId>%s</StackId><StackName>%s</StackName><CreationTime>2022-01-01T00:00:00Z</CreationTime><DeletionTime>2022-01-02T00:00:00Z</DeletionTime><StackStatus>DELETE_COMPLETE</StackStatus></member>`, id, strings.Split(id, "/")[1])
		}
	}
	fmt.Fprint(w, `</StackSummaries>`+token+`</ListStacksResult></ListStacksResponse>`)
}

// recorded serves one of the recordings of checks/diagnose.
func recorded(t *testing.T, name string) (*fake, API) {
	t.Helper()
	file := "../../diagnose/testdata/rows/" + name + ".json"
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	events, err := diagnose.Parse(file, text)
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{events: events, deleted: map[string]bool{}, denied: map[string]bool{}}
	server := httptest.NewServer(f)
	t.Cleanup(server.Close)
	return f, cloudformation.New(cloudformation.Options{
		Region: "us-east-1", BaseEndpoint: &server.URL, RetryMaxAttempts: 1,
		Credentials: aws.NewCredentialsCache(credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "secret", "")),
	})
}

func TestReadFollowsNestedStacksThroughDeletedOnes(t *testing.T) {
	f, api := recorded(t, "04-leftover-role")
	for _, e := range f.events {
		f.deleted[e.StackID] = e.StackName != "panther-prod"
	}
	events, faults, err := Read(context.Background(), api, "panther-prod")
	if err != nil || len(faults) > 0 {
		t.Fatalf("%v %v", faults, err)
	}
	d, err := diagnose.Of(events, "", nil)
	if err != nil || d.Cause.Subject != "Onboard/CloudSec#AuditRole" || len(d.Missing) > 0 {
		t.Errorf("%+v %v", d, err)
	}
	if len(events) != len(f.events) {
		t.Errorf("%d of %d events", len(events), len(f.events))
	}
}

func TestReadFindsADeletedRoot(t *testing.T) {
	f, api := recorded(t, "03-leftover-log-group")
	for _, e := range f.events {
		f.deleted[e.StackID] = true
	}
	events, _, err := Read(context.Background(), api, "panther-prod")
	if err != nil || len(events) != len(f.events) {
		t.Fatalf("%d events, %v", len(events), err)
	}
	if _, _, err := Read(context.Background(), api, "panther-test"); !errors.Is(err, ErrNoStack) {
		t.Errorf("a stack that never was: %v", err)
	}
}

func TestReadTellsWhatItCannotRead(t *testing.T) {
	f, api := recorded(t, "03-leftover-log-group")
	for _, e := range f.events {
		if e.StackName != "panther-prod" {
			f.denied[e.StackID] = true
		}
	}
	events, faults, err := Read(context.Background(), api, "panther-prod")
	if err != nil || len(faults) != 1 || !strings.Contains(faults[0], "AccessDenied") {
		t.Fatalf("%v %v", faults, err)
	}
	if d, err := diagnose.Of(events, "", nil); err != nil || d.Told() {
		t.Errorf("%+v %v", d, err)
	}
	f.denied["panther-prod"] = true
	if _, _, err := Read(context.Background(), api, "panther-prod"); err == nil {
		t.Error("a denied root is read")
	}
	if !slices.Contains(f.calls, "DescribeStackEvents panther-prod") {
		t.Error(f.calls)
	}
}
