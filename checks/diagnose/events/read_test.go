package events

import (
	"strings"
	"testing"
	"time"
)

// TestWhatIsNoEventsIsRefused names the file, the line and the key, and what to
// give instead.
func TestWhatIsNoEventsIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"empty":         {" \n", "1:1: the file is empty"},
		"other answer":  {`{"Stacks": []}`, "1:1: Stacks: this is another answer"},
		"bad time":      {"[\n{\"ResourceStatus\": \"CREATE_FAILED\",\n \"Timestamp\": \"yesterday\"}]", `3:15: Timestamp: "yesterday" is not a time`},
		"no event":      {`[{"StackId": "arn:aws:cloudformation:us-east-1:1:stack/panther/1"}]`, "this is no event"},
		"broken":        {"{\n", "2:1"},
		"a sentence":    {`"events"`, "no event"},
		"empty table":   {"------\n|  DescribeStackEvents  |\n+-----+\n", "the table has no rows"},
		"broken trail":  {`{"Events": [{"CloudTrailEvent": "{"}]}`, "CloudTrailEvent: this is no CloudTrail record"},
		"broken packed": {"\x1f\x8bxx", "the compressed file cannot be read"},
	} {
		_, err := Read("events.json", []byte(c.text))
		if err == nil || !strings.HasPrefix(err.Error(), "events.json:") || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTimes(t *testing.T) {
	want := time.Date(2026, 3, 1, 10, 0, 9, 0, time.UTC)
	for _, text := range []string{"2026-03-01T10:00:09Z", "2026-03-01T10:00:09.000000+00:00", "2026-03-01T12:00:09+0200", "2026-03-01 11:00:09 UTC+0100", "1772359209.0", "March 1, 2026, 11:00:09 (UTC+01:00)"} {
		if got, err := instant(text); err != nil || !got.Equal(want) {
			t.Errorf("%s: %v %v", text, got, err)
		}
	}
	for _, text := range []string{"", "12", "Topic", "172.31.250.0", "1e9"} {
		if got, err := instant(text); err == nil {
			t.Errorf("%q is %v", text, got)
		}
	}
}

// TestSuccessfulCallsAreNoEvents leaves out what CloudTrail records of calls
// that did not fail.
func TestSuccessfulCallsAreNoEvents(t *testing.T) {
	const record = `{"eventSource": "lambda.amazonaws.com", "eventName": "CreateFunction20150331", "eventTime": "2026-03-01T10:00:09Z", "userIdentity": {"arn": "arn:aws:iam::1:user/u"}`
	all, err := Read("t.json", []byte(`{"Records": [`+record+`}, `+record+`, "errorCode": "AccessDenied"}]}`))
	if err != nil || len(all) != 1 || all[0].Call.Action != "lambda:CreateFunction" || all[0].Reason != "AccessDenied" || all[0].File != "t.json" {
		t.Errorf("%+v %v", all, err)
	}
}
