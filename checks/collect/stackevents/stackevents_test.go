package stackevents

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"

	"github.com/panther-preflight/panther-preflight/checks/diagnose"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeevents"
)

// recorded serves one of the recordings of checks/diagnose.
func recorded(t *testing.T, name string) (*fakeevents.Server, API) {
	t.Helper()
	f, endpoint := fakeevents.Start(t, "../../diagnose/testdata/rows/"+name+".json")
	return f, cloudformation.New(cloudformation.Options{
		Region: "us-east-1", BaseEndpoint: &endpoint, RetryMaxAttempts: 1,
		Credentials: aws.NewCredentialsCache(credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", "secret", "")),
	})
}

func TestReadFollowsNestedStacksThroughDeletedOnes(t *testing.T) {
	f, api := recorded(t, "04-leftover-role")
	for _, e := range f.Events {
		f.Deleted[e.StackID] = e.StackName != "panther-prod"
	}
	events, faults, err := Read(context.Background(), api, "panther-prod")
	if err != nil || len(faults) > 0 {
		t.Fatalf("%v %v", faults, err)
	}
	d, err := diagnose.Of(events, diagnose.Options{})
	if err != nil || d.Cause.Subject != "Onboard/CloudSec#AuditRole" || len(d.Missing) > 0 {
		t.Errorf("%+v %v", d, err)
	}
	if len(events) != len(f.Events) {
		t.Errorf("%d of %d events", len(events), len(f.Events))
	}
}

func TestReadFindsADeletedRoot(t *testing.T) {
	f, api := recorded(t, "03-leftover-log-group")
	for _, e := range f.Events {
		f.Deleted[e.StackID] = true
	}
	events, _, err := Read(context.Background(), api, "panther-prod")
	if err != nil || len(events) != len(f.Events) {
		t.Fatalf("%d events, %v", len(events), err)
	}
	if _, _, err := Read(context.Background(), api, "panther-test"); !errors.Is(err, ErrNoStack) {
		t.Errorf("a stack that never was: %v", err)
	}
}

func TestReadTellsWhatItCannotRead(t *testing.T) {
	f, api := recorded(t, "03-leftover-log-group")
	for _, e := range f.Events {
		if e.StackName != "panther-prod" {
			f.Denied[e.StackID] = true
		}
	}
	events, faults, err := Read(context.Background(), api, "panther-prod")
	if err != nil || len(faults) != 1 || !strings.Contains(faults[0], "AccessDenied") {
		t.Fatalf("%v %v", faults, err)
	}
	if d, err := diagnose.Of(events, diagnose.Options{}); err != nil || d.Known() {
		t.Errorf("%+v %v", d, err)
	}
	f.Denied["panther-prod"] = true
	if _, _, err := Read(context.Background(), api, "panther-prod"); err == nil {
		t.Error("a denied root is read")
	}
	if !slices.Contains(f.Calls(), "DescribeStackEvents panther-prod") {
		t.Error(f.Calls())
	}
}
