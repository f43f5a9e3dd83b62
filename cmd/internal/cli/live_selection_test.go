package cli

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// TestSelectingChangesNoVerdict runs every check alone, and leaves every area
// out, in accounts that differ in what a check rests on: what it says is what it
// says in the whole run.
func TestSelectingChangesNoVerdict(t *testing.T) {
	liveEnvironment(t)
	worlds := selectionWorlds()
	whole := map[string]checks.Report{}
	reports := repeatedReports(t)
	for name, world := range worlds {
		whole[name] = reports(world())
	}
	for _, s := range selections(whole[everything]) {
		reports := selectedReports(t, s)
		for name, world := range worlds {
			if name != everything && !differs(s) {
				continue
			}
			for _, got := range reports(world()).Results {
				want := resultOf(t, whole[name], got.ID)
				if a, b := resultText(t, want), resultText(t, got); a != b {
					t.Errorf("%s: %v: %s\nwhole:    %s\nselected: %s", name, s, got.ID, a, b)
				}
			}
		}
	}
}

const everything = "everything is read"

// differs tells whether a selection holds, or leaves out, checks that are judged
// by permissions: what these rest on is what the accounts differ in.
func differs(s input.Selection) bool {
	return slices.ContainsFunc(slices.Concat(s.Only, s.Skip), func(id string) bool {
		return slices.ContainsFunc([]string{"PF-IAM", "PF-ROL", "PF-SCP"}, func(area string) bool { return strings.HasPrefix(id, area) })
	})
}

// selections are every check alone, and every area left out.
func selections(r checks.Report) []input.Selection {
	var all []input.Selection
	seen := map[string]bool{}
	for _, result := range r.Results {
		all = append(all, input.Selection{Only: []string{result.ID}})
		if !seen[result.Area] {
			all = append(all, input.Selection{Skip: []string{"PF-" + result.Area}})
		}
		seen[result.Area] = true
	}
	return all
}

func selectionWorlds() map[string]func() *fakeaws.Account {
	without := func(a *fakeaws.Account, actions ...string) func() *fakeaws.Account {
		return func() *fakeaws.Account {
			return &fakeaws.Account{Answers: a.Answers, Denied: actions}
		}
	}
	simulated := fakeaws.Panther()
	simulated.Answers["iam:SimulatePrincipalPolicy"] = simulatedDenial
	return map[string]func() *fakeaws.Account{
		everything:                     fakeaws.Panther,
		"names, room and rights lack":  func() *fakeaws.Account { return limited(crowded()) },
		"the simulator answers":        without(simulated, "organizations:ListPoliciesForTarget", "iam:GetRolePolicy", "iam:GetPolicyVersion"),
		"the simulator is refused":     without(limited(fakeaws.Panther()), "organizations:DescribePolicy", "iam:SimulatePrincipalPolicy", "cloudformation:ListStackResources"),
		"neither roles nor stacks are": without(fakeaws.Panther(), "iam:GetRole", "iam:ListRoles", "cloudformation:DescribeStacks"),
	}
}

// limited lets the role of an account read only, so that it may not make the
// roles of services either.
func limited(a *fakeaws.Account) *fakeaws.Account {
	a.Answers["iam:ListRoles"] = func(fakeaws.Request) string { return fakeaws.Result("ListRoles", "<Roles></Roles>") }
	document := url.QueryEscape(`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*:Get*", "Resource": "*"}}`)
	a.Answers["iam:GetRolePolicy"] = func(fakeaws.Request) string {
		return fakeaws.Result("GetRolePolicy", "<RoleName>R</RoleName><PolicyName>PantherDeployment</PolicyName><PolicyDocument>"+document+"</PolicyDocument>")
	}
	a.Answers["iam:GetPolicyVersion"] = func(fakeaws.Request) string {
		return fakeaws.Result("GetPolicyVersion", "<PolicyVersion><Document>"+document+"</Document></PolicyVersion>")
	}
	return a
}

func resultText(t *testing.T, r checks.Result) string {
	t.Helper()
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// simulatedDenial answers for each action that the organization denies it.
func simulatedDenial(r fakeaws.Request) string {
	var rows string
	for _, action := range simulatedActions(r) {
		rows += "<member><EvalActionName>" + action + "</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>explicitDeny</EvalDecision>" +
			"<OrganizationsDecisionDetail><AllowedByOrganizations>false</AllowedByOrganizations></OrganizationsDecisionDetail></member>"
	}
	return fakeaws.Result("SimulatePrincipalPolicy", "<EvaluationResults>"+rows+"</EvaluationResults><IsTruncated>false</IsTruncated>")
}

func simulatedActions(r fakeaws.Request) []string {
	var actions []string
	for name, value := range r.Fields {
		if len(name) > len("ActionNames.member.") && name[:len("ActionNames.member.")] == "ActionNames.member." {
			actions = append(actions, value)
		}
	}
	slices.Sort(actions)
	return actions
}
