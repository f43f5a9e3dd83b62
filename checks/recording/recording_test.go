package recording_test

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/recording"
)

func facts() *checks.Facts {
	f := &checks.Facts{Run: checks.Run{Time: "2026-01-01T00:00:00Z", Account: "111122223333", Region: "us-east-1"}}
	f.Organizations = checks.Organizations{
		ID: "o-aaaaaaaaaa", ManagementAccount: "999988887777",
		Levels: []checks.OrgLevel{{ID: "r-ab12", Kind: "root"}, {Level: 1, ID: "ou-ab12-12345678", Kind: "unit"}},
		Policies: []checks.OrgPolicy{{ID: "p-1", Document: `{"Condition": {"StringEquals": {"aws:PrincipalTag/Team": "Blue", "aws:PrincipalOrgPaths": "o-aaaaaaaaaa/r-ab12/ou-ab12-12345678/"},
"ArnLike": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/x"}}}`}},
	}
	f.Role.Tags = []checks.Tag{{Key: "team", Value: "Blue"}, {Key: "Application", Value: "Panther"}}
	f.Caller.ARN = "arn:aws:sts::111122223333:assumed-role/R/jane@example.org"
	f.AddGap("roles", "AccessDenied", "iam:ListRoles")
	f.SetAbsent("dns", "not asked")
	return f
}

func keep(key string) bool { return key == "Application" }

func TestARecordingGivesBackTheFacts(t *testing.T) {
	want := facts()
	var text bytes.Buffer
	if err := recording.Of(want, checks.Tool{Name: "t", Version: "1"}, []string{"a note"}).Write(&text); err != nil {
		t.Fatal(err)
	}
	r, err := recording.Read("f.json", text.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got := r.Restore(); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if r.Account != "111122223333" || r.Region != "us-east-1" || r.Time == "" || r.Tool.Version != "1" || r.Notes[0] != "a note" {
		t.Errorf("provenance: %+v", r)
	}
}

func TestRedactIsConsistent(t *testing.T) {
	r, err := recording.Redact(recording.Of(facts(), checks.Tool{}, nil), keep)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"111122223333", "999988887777", "o-aaaaaaaaaa", "r-ab12", "ou-ab12-12345678", "jane@example.org", "Blue", "team"} {
		if bytes.Contains(text, []byte(name)) {
			t.Errorf("%s is left: %s", name, text)
		}
	}
	document, tag := r.Facts.Organizations.Policies[0].Document, r.Facts.Role.Tags[0]
	for _, same := range []string{
		"Tag/" + tag.Key + `": "` + tag.Value + `"`, ":" + r.Facts.Run.Account + ":role/x",
		r.Facts.Organizations.ID + "/" + r.Facts.Organizations.Levels[0].ID + "/" + r.Facts.Organizations.Levels[1].ID + "/",
	} {
		if !strings.Contains(document, same) {
			t.Errorf("%s is not in %s", same, document)
		}
	}
	if kept := r.Facts.Role.Tags[1]; kept.Value != "Panther" || !r.Redacted {
		t.Errorf("a tag that policies read is lost: %+v", kept)
	}
	again, err := recording.Redact(recording.Of(facts(), checks.Tool{}, nil), keep)
	if err != nil || !reflect.DeepEqual(again, r) {
		t.Errorf("the same facts are redacted differently: %v", err)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"schema_version": 1, "facts": {"run": {"time": "2026-01-01T00:00:00Z"}}}`))
	f.Add([]byte(`{"schema_version": 1, "facts": {"roles": {"named": [{}]}}}`))
	f.Add([]byte(`[`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := recording.Read("f.json", text)
		if err != nil {
			return
		}
		if _, err := recording.Redact(r, keep); err != nil {
			t.Errorf("what was read cannot be redacted: %v", err)
		}
	})
}
