package cli

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// foreignAnswers are what is sent in the place of AWS with the status of a
// success.
var foreignAnswers = map[string]fakeaws.Fault{
	"an empty body": fakeaws.Empty, "nothing in it": fakeaws.Hollow, "of another program": fakeaws.Foreign, "a page": fakeaws.Page,
}

func buildStatus(status string) func(fakeaws.Request) string {
	return func(fakeaws.Request) string {
		return fmt.Sprintf(`{"builds": [{"id": "panther-pulumi:1", "arn": "arn:aws:codebuild:us-east-1:111122223333:build/panther-pulumi:1", "projectName": "panther-pulumi", "buildStatus": %q, "startTime": 4000000000}]}`, status)
	}
}

func pulumiWorld() *fakeaws.Account {
	a := fakeaws.Panther()
	a.Answers["codebuild:StartBuild"] = func(fakeaws.Request) string {
		return `{"build": {"id": "panther-pulumi:2", "projectName": "panther-pulumi", "buildStatus": "IN_PROGRESS"}}`
	}
	return a
}

// TestNoCommandTakesAForeignAnswer replaces every answer of every command that
// reads AWS: none panics, none succeeds.
func TestNoCommandTakesAForeignAnswer(t *testing.T) {
	liveEnvironment(t)
	failed := func() *fakeaws.Account {
		a := pulumiWorld()
		a.Answers["cloudformation:DescribeStackEvents"] = func(fakeaws.Request) string {
			return fakeaws.Result("DescribeStackEvents", "<StackEvents><member><StackId>"+fakeaws.StackID("panther")+`</StackId><EventId>1</EventId><StackName>panther</StackName>
<LogicalResourceId>Queue</LogicalResourceId><ResourceType>AWS::SQS::Queue</ResourceType><Timestamp>2026-02-01T00:00:00Z</Timestamp><ResourceStatus>CREATE_FAILED</ResourceStatus>
<ResourceStatusReason>Resource handler returned message: panther-queue already exists</ResourceStatusReason></member></StackEvents>`)
		}
		return a
	}
	for name, args := range map[string][]string{
		"diagnose":     {"diagnose", "--stack-name", "panther"},
		"pulumi start": {"pulumi", "start", "--yes", "--wait", "--interval", "1ms", "--timeout", "5s"},
	} {
		whole := failed()
		if name == "pulumi start" {
			whole.Answers["codebuild:BatchGetBuilds"] = buildStatus("SUCCEEDED")
		}
		if code, out, errs := runLive(t, context.Background(), whole.Start(t), args...); code > session.ExitFinding || code == session.ExitOK && name == "diagnose" {
			t.Fatalf("%s: exit %d: %s%s", name, code, out, errs)
		}
		for _, action := range whole.Calls() {
			for what, fault := range foreignAnswers {
				a := failed()
				a.Answers = whole.Answers
				a.Faults = map[string]fakeaws.Fault{action: fault}
				if code, out, errs := runLive(t, context.Background(), a.Start(t), args...); code != session.ExitUnknown || strings.Contains(errs, "panic") {
					t.Errorf("%s, %s is %s: exit %d: %s%s", name, action, what, code, out, errs)
				}
			}
		}
	}
}

// TestARunningBuildIsNotStartedTwice holds that a build which runs is followed, and
// that none is started where nobody can tell whether one does.
func TestARunningBuildIsNotStartedTwice(t *testing.T) {
	liveEnvironment(t)
	for name, tt := range map[string]struct {
		change  func(*fakeaws.Account)
		code    int
		says    string
		started int
	}{
		"none runs":       {func(a *fakeaws.Account) { a.Answers["codebuild:BatchGetBuilds"] = buildStatus("FAILED") }, session.ExitOK, "started panther-pulumi:2", 1},
		"one runs":        {func(a *fakeaws.Account) { a.Answers["codebuild:BatchGetBuilds"] = buildStatus("IN_PROGRESS") }, session.ExitOK, "a build is running already: panther-pulumi:1", 0},
		"nobody may look": {func(a *fakeaws.Account) { a.Denied = []string{"codebuild:ListBuildsForProject"} }, session.ExitUnknown, "whether a build runs already could not be read", 0},
		"nor at builds":   {func(a *fakeaws.Account) { a.Denied = []string{"codebuild:BatchGetBuilds"} }, session.ExitUnknown, "whether a build runs already could not be read", 0},
	} {
		a := pulumiWorld()
		tt.change(a)
		code, out, errs := runLive(t, context.Background(), a.Start(t), "pulumi", "start", "--yes")
		if code != tt.code || !strings.Contains(out+errs, tt.says) || a.Made("codebuild:StartBuild") != tt.started {
			t.Errorf("%s: exit %d, %d started: %s%s", name, code, a.Made("codebuild:StartBuild"), out, errs)
		}
	}
}
