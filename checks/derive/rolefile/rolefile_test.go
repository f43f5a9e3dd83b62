package rolefile

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const plain = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}`

func names(policies []*iam.Policy) []string {
	var out []string
	for _, p := range policies {
		out = append(out, p.Name())
	}
	return out
}

func TestForms(t *testing.T) {
	encoded := strings.NewReplacer("{", "%7B", "}", "%7D", `"`, "%22", "[", "%5B", "]", "%5D").Replace(plain)
	tests := []struct{ name, text, want string }{
		{"a document", plain, "f.json"},
		{"a document behind a byte order mark", "\ufeff" + plain, "f.json"},
		{"get-role-policy", `{"RoleName":"R","PolicyName":"Own","PolicyDocument":` + plain + `}`, "f.json:Own"},
		{"get-role-policy as text", `{"PolicyName":"Own","PolicyDocument":"` + encoded + `"}`, "f.json:Own"},
		{"get-policy-version", `{"PolicyVersion":{"Document":` + plain + `,"VersionId":"v1","IsDefaultVersion":true}}`, "f.json"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var r Role
			if err := r.Add("f.json", []byte(tt.text), "R"); err != nil {
				t.Fatal(err)
			}
			if have := names(r.Identity); !slices.Equal(have, []string{tt.want}) || len(r.Boundary)+len(r.Unread) > 0 {
				t.Errorf("have %q", have)
			}
		})
	}
}

func TestAccountDetails(t *testing.T) {
	text := `{"RoleDetailList":[{"RoleName":"R","RolePolicyList":[{"PolicyName":"Own","PolicyDocument":` + plain + `}],
		"AttachedManagedPolicies":[{"PolicyArn":"arn:aws:iam::111122223333:policy/M"},{"PolicyArn":"arn:aws:iam::aws:policy/ReadOnlyAccess"}],
		"PermissionsBoundary":{"PermissionsBoundaryArn":"arn:aws:iam::111122223333:policy/B"}}],
		"Policies":[{"PolicyName":"M","Arn":"arn:aws:iam::111122223333:policy/M","PolicyVersionList":[{"IsDefaultVersion":true,"Document":` + plain + `}]},
			{"PolicyName":"B","Arn":"arn:aws:iam::111122223333:policy/B","PolicyVersionList":[{"IsDefaultVersion":true,"Document":` + plain + `}]}]}`
	var r Role
	if err := r.Add("f.json", []byte(text), "R"); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(names(r.Identity), []string{"f.json:Own", "f.json:M"}) || !slices.Equal(names(r.Boundary), []string{"f.json:B"}) {
		t.Errorf("have %q and %q", names(r.Identity), names(r.Boundary))
	}
	if !slices.Equal(r.Unread, []string{"arn:aws:iam::aws:policy/ReadOnlyAccess"}) {
		t.Errorf("not read: %q", r.Unread)
	}
}

func TestWhatIsNoPolicyIsAnError(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"", "f.json"},
		{"Resources: {}", "f.json"},
		{"{}", "Statement"},
		{`{"RoleDetailList":[]}`, "no role is called R"},
		{`{"PolicyVersion":{"VersionId":"v1"}}`, "f.json"},
		{`{"PolicyDocument":{"Version":"2012-10-17","Statement":[{"Effect":"Maybe","Action":"*","Resource":"*"}]}}`, "Effect"},
	} {
		err := new(Role).Add("f.json", []byte(tt.text), "R")
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: have %v", tt.text, err)
		}
	}
}

func FuzzAdd(f *testing.F) {
	f.Add(plain)
	f.Add(`{"PolicyVersion":{"Document":"%7B%7D"}}`)
	f.Add(`{"RoleDetailList":[{"RoleName":"R"}],"Policies":null}`)
	f.Fuzz(func(t *testing.T, text string) {
		var r Role
		if err := r.Add("f.json", []byte(text), "R"); err == nil && !strings.Contains(text, "R") && len(r.Identity) == 0 {
			t.Errorf("nothing was read, and no error: %q", text)
		}
	})
}
