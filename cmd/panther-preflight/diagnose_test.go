package main

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/fakeevents"
)

// failed is a deployment that failed, as CloudFormation tells it afterwards:
// the root stands, what it nested is deleted, and every answer has two events.
func failed(t *testing.T, row string) (*awsSession, *fakeevents.Server) {
	t.Helper()
	server, endpoint := fakeevents.Start(t, "../../checks/diagnose/testdata/rows/"+row+".json")
	for _, e := range server.Events {
		server.Deleted[e.StackID] = e.StackName != "panther-prod"
	}
	s := newSession(t, endpoint)
	s.env = append(s.env, "AWS_MAX_ATTEMPTS=1")
	return s, server
}

// TestDiagnoseAFailedDeployment follows nested stacks, two levels deep and
// deleted, over several pages.
func TestDiagnoseAFailedDeployment(t *testing.T) {
	s, server := failed(t, "04-leftover-role")
	out := s.run(1, "diagnose", "--stack-name", "panther-prod", "--region", "us-east-1", "-v")
	s.says(out, "panther-prod failed because of Onboard/CloudSec#AuditRole", "AWS::IAM::Role", "PF-OLD-002", "fix ")
	if calls := server.Calls(); len(calls) < 4 {
		t.Errorf("the events were not read page by page: %v", calls)
	}
	s.says(s.run(1, "diagnose", "--stack-name", "panther-prod", "--region", "us-east-1", "--format", "json"),
		`"subject": "Onboard/CloudSec#AuditRole"`, `"check": "PF-OLD-002"`, `"path": [`, `"cascade": [`)

	// The root may be gone too; its name then finds it among the deleted ones.
	server.Change(func() {
		for _, e := range server.Events {
			server.Deleted[e.StackID] = true
		}
	})
	s.says(s.run(1, "diagnose", "--stack-name", "panther-prod", "--region", "us-east-1"), "Onboard/CloudSec#AuditRole")
	s.says(s.run(2, "diagnose", "--stack-name", "panther-none", "--region", "us-east-1"), "there is no such stack")
}

// TestDiagnoseWithoutAllEvents may not read what a nested stack tells: the cause
// is then not told, and no other failure is taken for it.
func TestDiagnoseWithoutAllEvents(t *testing.T) {
	s, server := failed(t, "04-leftover-role")
	server.Change(func() {
		for _, e := range server.Events {
			if e.StackName != "panther-prod" {
				server.Denied[e.StackID] = true
			}
		}
	})
	out := s.run(3, "diagnose", "--stack-name", "panther-prod", "--region", "us-east-1", "-v")
	s.says(out, "panther-prod failed; why cannot be told", "could not read", "AccessDenied", "missing the events of arn:aws:cloudformation:")
	s.says(s.run(3, "diagnose", "--stack-name", "panther-prod", "--region", "us-east-1", "-f", "json"), `"missing": [`)

	server.Change(func() { server.Denied["panther-prod"] = true })
	s.says(s.run(3, "diagnose", "--stack-name", "panther-prod", "--region", "us-east-1"), "AccessDenied")
}
