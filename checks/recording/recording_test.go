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

// TestAnAlteredFileIsRefused holds that a file which was changed by hand is not
// taken for what was recorded, however small the change, and that its layout may
// change.
func TestAnAlteredFileIsRefused(t *testing.T) {
	var text bytes.Buffer
	if err := recording.Of(facts(), checks.Tool{Name: "t"}, nil).Write(&text); err != nil {
		t.Fatal(err)
	}
	for _, change := range []struct{ from, to string }{
		{`"AccessDenied"`, `"Throttled"`}, {"p-1", "p-2"}, {"2026-01-01", "2026-11-01"}, {`"gaps": [`, `"gaps": [{"fact": "roles", "reason": "x", "action": ""}, `},
	} {
		altered := strings.Replace(text.String(), change.from, change.to, 1)
		if altered == text.String() {
			t.Fatalf("%q is not in the file", change.from)
		}
		if _, err := recording.Read("f.json", []byte(altered)); err == nil || !strings.Contains(err.Error(), "f.json was altered") {
			t.Errorf("%q for %q: %v", change.to, change.from, err)
		}
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, text.Bytes()); err != nil {
		t.Fatal(err)
	}
	if _, err := recording.Read("f.json", compact.Bytes()); err != nil {
		t.Error(err)
	}
	var document map[string]any
	if err := json.Unmarshal(text.Bytes(), &document); err != nil {
		t.Fatal(err)
	}
	delete(document, "digest")
	without, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := recording.Read("f.json", without); err != nil {
		t.Errorf("a file of an earlier version: %v", err)
	}
}

func TestRedactReplacesTheIdsOfResources(t *testing.T) {
	f := facts()
	f.Network.VPCs = []checks.VPC{{ID: "vpc-0a1b2c3d4e5f60718"}}
	f.Network.Subnets = []checks.Subnet{{ID: "subnet-0a1b2c3d", VPC: "vpc-0a1b2c3d4e5f60718"}}
	f.Secrets = []checks.Secret{{ARN: "arn:aws:kms:us-east-1:111122223333:key/1a2b3c4d-1a2b-3c4d-5e6f-1a2b3c4d5e6f"}}
	r, err := recording.Redact(recording.Of(f, checks.Tool{}, nil), keep)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"0a1b2c3d4e5f60718", "0a1b2c3d", "1a2b3c4d"} {
		if bytes.Contains(text, []byte(name)) {
			t.Errorf("%s is left", name)
		}
	}
	got := r.Restore().Network
	if got.Subnets[0].VPC != got.VPCs[0].ID || !strings.HasPrefix(got.VPCs[0].ID, "vpc-") || !strings.HasPrefix(got.Subnets[0].ID, "subnet-") {
		t.Errorf("%+v", got)
	}
}
