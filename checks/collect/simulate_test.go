package collect_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// simulator denies what the organization denies: one action always, another
// through a VPC endpoint only. It gives one result a page.
func simulator(r fakeaws.Request) string {
	var results []string
	for i := 1; r.Fields[fmt.Sprintf("ActionNames.member.%d", i)] != ""; i++ {
		action := r.Fields[fmt.Sprintf("ActionNames.member.%d", i)]
		allowed := "true"
		perturbed := slices.Contains(values(r.Fields), "aws:SourceVpce")
		if action == "kms:CreateKey" || action == "sqs:CreateQueue" && perturbed {
			allowed = "false"
		}
		results = append(results, "<member><EvalActionName>"+action+"</EvalActionName><EvalDecision>explicitDeny</EvalDecision><OrganizationsDecisionDetail><AllowedByOrganizations>"+allowed+"</AllowedByOrganizations></OrganizationsDecisionDetail></member>")
	}
	page := len(r.Fields["Marker"])
	more := "<IsTruncated>false</IsTruncated>"
	if page+1 < len(results) {
		more = "<IsTruncated>true</IsTruncated><Marker>" + strings.Repeat("x", page+1) + "</Marker>"
	}
	return fakeaws.Result("SimulatePrincipalPolicy", "<EvaluationResults>"+results[page]+"</EvaluationResults>"+more)
}

func values(fields map[string]string) []string {
	var all []string
	for _, v := range fields {
		all = append(all, v)
	}
	return all
}

func simulate(t *testing.T, a *fakeaws.Account) (*checks.Facts, bool) {
	t.Helper()
	f := facts()
	o := options(a.Start(t))
	o.Needs = []string{"authorization.organization"}
	f.Authorization.Deployer.Principal = "arn:aws:iam::" + fakeaws.AccountID + ":role/PantherDeploymentRole"
	for _, action := range []string{"kms:CreateKey", "sqs:CreateQueue", "sns:CreateTopic"} {
		f.Authorization.Needs = append(f.Authorization.Needs, checks.NeededAction{Action: action, Actor: "deployer", Certain: true, ARNs: []string{"*"}, Subject: "Bootstrap#X"})
	}
	f.AddGap("authorization.organization", "AccessDenied", "organizations:ListPoliciesForTarget")
	return f, collect.New(o, f).Simulate(context.Background())
}

func TestTheSimulatorStandsInForPolicies(t *testing.T) {
	a := fakeaws.Panther()
	a.Answers["iam:SimulatePrincipalPolicy"] = simulator
	f, done := simulate(t, a)
	denials := f.Authorization.Organization.Denials
	if !done || len(denials) != 2 {
		t.Fatalf("%v %+v %v", done, denials, f.Gaps)
	}
	if d := denials[0]; d.Action != "kms:CreateKey" || !d.Certain || d.Resources[0].Subject != "Bootstrap#X" {
		t.Errorf("%+v", d)
	}
	if d := denials[1]; d.Action != "sqs:CreateQueue" || d.Certain || !slices.Contains(d.Keys, "aws:SourceVpce") {
		t.Errorf("what depends on an unknown key is decided: %+v", d)
	}
	if len(f.Gaps) != 1 || f.Gaps[0].Fact != "authorization.organization.invented" {
		t.Errorf("what a simulator cannot see is no gap: %v", f.Gaps)
	}
}

func TestASimulatorThatSaysNothingAllowsNothing(t *testing.T) {
	for name, change := range map[string]func(*fakeaws.Account){
		"denied": func(a *fakeaws.Account) { a.Denied = []string{"iam:SimulatePrincipalPolicy"} },
		"silent": func(a *fakeaws.Account) {
			a.Answers["iam:SimulatePrincipalPolicy"] = func(fakeaws.Request) string { return fakeaws.Result("SimulatePrincipalPolicy", "") }
		},
		"a page fails": func(a *fakeaws.Account) {
			a.Answers["iam:SimulatePrincipalPolicy"] = func(r fakeaws.Request) string {
				if r.Fields["Marker"] != "" {
					return fakeaws.Fail("ServiceFailure", "no")
				}
				return simulator(r)
			}
		},
	} {
		a := fakeaws.Panther()
		change(a)
		f, done := simulate(t, a)
		if done || !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Fact == "authorization.organization" }) {
			t.Errorf("%s: %v %v", name, done, f.Gaps)
		}
	}
}
