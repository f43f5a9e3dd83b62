package derive

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const privateType = "Resources:\n  Job: {Type: Acme::Pipeline::Job}"

func TestTheRegistryFillsATypeWithoutData(t *testing.T) {
	deny := policy(t, "guard.json", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"sqs:CreateQueue","Resource":"*"}]}`)
	in := Input{Exported: true, SCPs: [][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), deny}}}
	tests := []struct {
		name   string
		types  []checks.ResourceType
		reason string // of the gap; empty when there is none
	}{
		{"described", []checks.ResourceType{{Name: "Acme::Pipeline::Job", State: checks.TypeDescribed, Create: []string{"SQS:createQueue", "sqs:NoSuch"}, Updates: true}}, ""},
		{"silent", []checks.ResourceType{{Name: "Acme::Pipeline::Job", State: checks.TypeSilent}}, "nor does its schema say"},
		{"missing", []checks.ResourceType{{Name: "Acme::Pipeline::Job", State: checks.TypeMissing}}, "no such type"},
		{"not asked", nil, "nobody publishes"},
	}
	for _, tt := range tests {
		f := &checks.Facts{Run: anInstall(), Types: tt.types}
		in.Tree = released(t, f.Run, map[string]string{"root.yml": privateType}).Tree
		untold, err := Untold(f, in.Tree)
		if err != nil || len(untold) > 0 != (tt.reason != "") {
			t.Errorf("%s: untold are %+v, %v", tt.name, untold, err)
		}
		if err := Fill(f, in); err != nil {
			t.Fatal(err)
		}
		gap := slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return strings.Contains(g.Reason, tt.reason) && tt.reason != "" })
		denied := slices.ContainsFunc(f.Authorization.Organization.Denials, func(d checks.Denial) bool {
			return d.Certain && d.Action == "sqs:CreateQueue" && d.Resources[0].Subject == "entry#Job"
		})
		if gap != (tt.reason != "") || denied != (tt.reason == "") {
			t.Errorf("%s: gaps %+v, denials %+v", tt.name, f.Gaps, f.Authorization.Organization.Denials)
		}
	}
}
