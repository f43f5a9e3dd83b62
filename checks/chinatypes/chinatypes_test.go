package chinatypes

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestAvailable(t *testing.T) {
	for _, c := range []struct {
		region, typ      string
		known, available bool
	}{
		{Beijing, "AWS::Cognito::UserPool", true, false},
		{Ningxia, "AWS::Cognito::UserPoolClient", true, false},
		{Beijing, "AWS::Cognito::IdentityPool", true, true},
		{Ningxia, "AWS::Cognito::IdentityPool", true, false},
		{Beijing, "AWS::Lambda::Url", true, false},
		{Ningxia, "AWS::Lambda::Url", true, false},
		{Beijing, "AWS::AppSync::GraphQLApi", true, true},
		{Ningxia, "AWS::DAX::Cluster", true, true},
		{Beijing, "AWS::DAX::Cluster", true, false},
		{Beijing, "AWS::Serverless::Function", true, true},
		{Beijing, "AWS::Serverless::Nonsense", false, false},
		{Beijing, "Custom::Anything", true, true},
		{Beijing, "AWS::Tomorrow::Thing", false, false},
		{Beijing, "My::Org::Thing::MODULE", false, false},
		{"us-east-1", "AWS::S3::Bucket", false, false},
	} {
		known, available := Available(c.region, c.typ)
		if known != c.known || available != c.available {
			t.Errorf("%s in %s: known %v available %v, want %v %v", c.typ, c.region, known, available, c.known, c.available)
		}
	}
}

func TestTableIsWhole(t *testing.T) {
	got := load()
	if got.err != nil {
		t.Fatal(got.err)
	}
	var beijing, ningxia int
	for _, flags := range got.flags {
		beijing += int(flags & 1)
		ningxia += int(flags >> 1)
	}
	if len(got.flags) != 1585 || beijing != 792 || ningxia != 748 {
		t.Errorf("%d types, %d in Beijing, %d in Ningxia", len(got.flags), beijing, ningxia)
	}
	if !strings.Contains(Source(), "cfn-lint") {
		t.Errorf("source is %q", Source())
	}
}

func TestDoubtAndReason(t *testing.T) {
	if Doubt(Ningxia, "AWS::AppSync::Resolver") == "" || Doubt(Beijing, "AWS::AppSync::Resolver") != "" {
		t.Error("AppSync is doubted in Ningxia only")
	}
	if Reason(Beijing, "AWS::Lambda::Url") == "" || Reason(Beijing, "AWS::S3::Bucket") != "" {
		t.Error("only an override has a reason")
	}
}

func TestEmbeddedTableIsCurrent(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "..", "shared", "data", "china-types.json"))
	if err != nil {
		t.Skip("the source of the type lists is not here:", err)
	}
	var lists map[string]any
	if err := json.Unmarshal(text, &lists); err != nil {
		t.Fatal(err)
	}
	for region, bit := range map[string]byte{Beijing: 1, Ningxia: 2} {
		for _, name := range lists[region].([]any) {
			if load().flags[name.(string)]&bit == 0 {
				t.Errorf("%v is not in the embedded table for %s", name, region)
			}
		}
	}
}
