package cli

import (
	"fmt"
	"net/url"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

func resultOf(t *testing.T, r checks.Report, id string) checks.Result {
	t.Helper()
	for _, result := range r.Results {
		if result.ID == id {
			return result
		}
	}
	t.Fatalf("%s is not in the report", id)
	return checks.Result{}
}

// The stack of the account was updated on the first of February.
func TestTheBuildAfterTheUpdate(t *testing.T) {
	liveEnvironment(t)
	build := func(status, started string) string {
		return fmt.Sprintf(`{"builds": [{"id": "panther-pulumi:1", "buildStatus": %q, "startTime": %s}]}`, status, started)
	}
	const before, after = "1769000000", "1770000000"
	for name, c := range map[string]struct {
		ids, builds string
		denied      string
		want        checks.Status
		found       string
	}{
		"it succeeded since":              {builds: build("SUCCEEDED", after), want: checks.Passed},
		"it ran before":                   {builds: build("SUCCEEDED", before), want: checks.Failed, found: "before the stack was updated"},
		"it failed":                       {builds: build("FAILED", after), want: checks.Failed, found: "FAILED"},
		"it never ran":                    {ids: `{"ids": []}`, want: checks.Failed, found: "never been built"},
		"there is none":                   {ids: fakeaws.Fail("ResourceNotFoundException", "none"), want: checks.Failed, found: "does not exist"},
		"its time is text":                {builds: build("SUCCEEDED", `"2026-02-02T00:00:00.5Z"`), want: checks.Passed},
		"its time is text, and before":    {builds: build("SUCCEEDED", `"2026-01-02T00:00:00Z"`), want: checks.Failed, found: "before the stack was updated"},
		"its time is no time":             {builds: build("SUCCEEDED", `"yesterday"`), want: checks.Unknown},
		"it tells no time":                {builds: build("SUCCEEDED", "null"), want: checks.Unknown},
		"the builds may not be listed":    {denied: "codebuild:ListBuildsForProject", want: checks.Unknown},
		"the builds may not be looked at": {denied: "codebuild:BatchGetBuilds", want: checks.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			a := fakeaws.Panther()
			for action, text := range map[string]string{"codebuild:ListBuildsForProject": c.ids, "codebuild:BatchGetBuilds": c.builds} {
				if text != "" {
					a.Answers[action] = func(fakeaws.Request) string { return text }
				}
			}
			a.Denied = []string{c.denied}
			r := resultOf(t, liveReport(t, a, "--only", "PF-UPG-007"), "PF-UPG-007")
			if r.Status != c.want || c.found != "" && !strings.Contains(fmt.Sprint(r.Findings[0].Found), c.found) {
				t.Errorf("%s: %+v", r.Status, r.Findings)
			}
		})
	}
}

// The template of the role's stack is the first evidence of its version; where
// it has none, the policies are.
func TestTheVersionOfTheDeploymentRole(t *testing.T) {
	liveEnvironment(t)
	const narrow = `{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sqs:*", "Resource": "*"}}`
	body := func(text string) string {
		return fakeaws.Result("GetTemplate", "<TemplateBody>"+text+"</TemplateBody>")
	}
	for name, c := range map[string]struct {
		template, policy string
		denied           string
		want             checks.Status
		by               string
	}{
		"another version in the metadata": {template: body("Metadata: {Version: v1.9.0}"), want: checks.Failed, by: "stack metadata"},
		"nothing in the metadata":         {template: body("Resources: {}"), want: checks.Passed},
		"nothing, and a narrow role":      {template: body("Resources: {}"), policy: narrow, want: checks.Failed, by: "capabilities"},
		"the stack is gone":               {template: fakeaws.Fail("ValidationError", "Stack does not exist"), policy: narrow, want: checks.Failed, by: "capabilities"},
		"the template may not be read":    {denied: "cloudformation:GetTemplate", want: checks.Unknown},
		"the policies may not be read":    {denied: "iam:GetRolePolicy", want: checks.Unknown},
	} {
		t.Run(name, func(t *testing.T) {
			a := fakeaws.Panther()
			if c.template != "" {
				a.Answers["cloudformation:GetTemplate"] = func(fakeaws.Request) string { return c.template }
			}
			if c.policy != "" {
				a.Answers["iam:GetRolePolicy"] = func(fakeaws.Request) string {
					return fakeaws.Result("GetRolePolicy", "<RoleName>R</RoleName><PolicyName>P</PolicyName><PolicyDocument>"+url.QueryEscape(c.policy)+"</PolicyDocument>")
				}
				a.Answers["iam:ListAttachedRolePolicies"] = func(fakeaws.Request) string {
					return fakeaws.Result("ListAttachedRolePolicies", "<AttachedPolicies></AttachedPolicies>")
				}
			}
			a.Denied = []string{c.denied}
			r := resultOf(t, liveReport(t, a, "--only", "PF-ROL-001"), "PF-ROL-001")
			if r.Status != c.want || c.by != "" && r.Findings[0].Evidence["by"] != c.by {
				t.Errorf("%s (%s): %+v", r.Status, r.Reason, r.Findings)
			}
		})
	}
}
