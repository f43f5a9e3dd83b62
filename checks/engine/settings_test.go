package engine

import (
	"strings"
	"testing"
	"time"
)

// settingsPolicy is a custom policy with a body of its own.
const settingsPolicy = `# METADATA
# scope: package
# title: A title
# description: What it is about.
# related_resources:
# - ref: https://example.com/
# custom:
#   id: ACME-X-001
#   severity: error
#   remediation: Do something.
#   source: standard
package custom.acme.x

`

func TestSettingsConstants(t *testing.T) {
	const head = "finding contains {\"subject\": s.subject, \"message\": \"m\"} if {\n\tsome s in input.release.settings\n"
	for _, c := range []struct{ body, want string }{
		{head + "\ts.type == \"AWS::S3::Bucket\"\n\ts.path == \"PublicAccessBlockConfiguration.BlockPublicAcls\"\n}", ""},
		{head + "\ts.type == \"AWS::S3::Bucket\"\n\ts.path == \"PublicAccessBlockConfiguration.BlockPublicAcl\"\n}",
			`x.rego:20:2: AWS::S3::Bucket does not have the property "PublicAccessBlockConfiguration.BlockPublicAcl"; did you mean PublicAccessBlockConfiguration.BlockPublicAcls?`},
		{head + "\ts.type == \"AWS::S3::Bukcet\"\n}", `x.rego:19:2: no region has the resource type "AWS::S3::Bukcet"; did you mean AWS::S3::Bucket?`},
		{head + "\t\"AWS::S3::Bucket\" == s.type\n\t\"Tags.Key\" == s.path\n}", `"Tags.Key"; did you mean Tags[0].Key?`},
		{head + "\ts.type == \"AWS::S3::Bucket\"\n\ts.path == \"Tags[0].Key\"\n}", ""},
		{head + "\ts.path == \"BucketNam\"\n}", `no resource type has the property "BucketNam"`},
		{head + "\ts.path == \"BucketName\"\n}", ""},
		{head + "\ts.type in {\"AWS::SQS::Queue\", \"AWS::SNS::Topic\"}\n\ts.path in [\"QueueName\", \"TopicName\"]\n}", ""},
		{head + "\ts.type in {\"AWS::SQS::Queue\", \"AWS::SNS::Topic\"}\n\ts.path in [\"QueueName\", \"TopicNam\"]\n}", `"TopicNam"`},
		{head + "\ts.type in _types\n}\n\n_types := {\"AWS::SQS::Queues\"}", `"AWS::SQS::Queues"; did you mean AWS::SQS::Queue?`},
		{head + "\ts.type == \"AWS::S3::Bucket\"\n\tendswith(s.path, \".BlockPublicAcls\")\n}", ""},
		{head + "\ts.type == \"AWS::S3::Bucket\"\n\tendswith(s.path, \".BlockPublicAcl\")\n}", "ends with"},
		{head + "\ts.type == \"AWS::S3::Bucket\"\n\tstartswith(s.path, \"Tags[\")\n}", ""},
		{head + "\ts.type == \"AWS::S3::Bucket\"\n\tstartswith(s.path, \"Tag.\")\n}", "starts with"},
		{head + "\ts.type == \"AWS::S3::Bucket\"\n\tregex.match(`^Tags\\[[0-9]+\\]\\.Key$`, s.path)\n}", ""},
		{head + "\ts.type == \"AWS::S3::Bucket\"\n\tregex.match(`^Tag\\.Keyy$`, s.path)\n}", "matches"},
		{head + "\ts.type == \"AWS::IAM::Role\"\n\tendswith(s.path, \".Principal.AWS\")\n}", ""},
		{head + "\ts.type == \"AWS::IAM::Role\"\n\ts.path == \"AssumeRolePolicyDocument.Statement[0].Principal.AWS\"\n}", ""},
		{head + "\ts.type == \"Custom::Thing\"\n\ts.path == \"Whatever\"\n}", ""},
		{head + "\ts.type == \"Acme::Some::Type\"\n\ts.path == \"Whatever\"\n}", ""},
		{head + "\ts.type == \"AWS::Serverless::Function\"\n\ts.path == \"CodeUri\"\n}", ""},
		{head + "\tnot s.type == \"AWS::S3::Bukcet\"\n}", `"AWS::S3::Bukcet"`},
		{head + "\tstartswith(s.type, \"AWS::S4::\")\n}", "starts with"},
		{head + "\tstartswith(s.type, \"AWS::S3::\")\n\ts.text == \"BucketNam\"\n}", ""},
		// Through rules, functions, imports and comprehensions.
		{"finding contains {\"subject\": s.subject, \"message\": \"m\"} if {\n\tsome s in _buckets\n\ts.path == \"BucketNam\"\n}\n\n_buckets contains s if {\n\tsome s in rows\n\ts.type == \"AWS::S3::Bucket\"\n}", `"BucketNam"; did you mean BucketName?`},
		{"finding contains {\"subject\": s.subject, \"message\": \"m\"} if {\n\ts := input.release.settings[_]\n\t_open(s)\n}\n\n_open(row) if {\n\trow.type == \"AWS::S3::Bucket\"\n\trow.path == \"BucketNam\"\n}", `"BucketNam"`},
		{"finding contains {\"subject\": \"s\", \"message\": \"m\"} if {\n\tlist := [s | some s in rows; s.type == \"AWS::S3::Bucket\"]\n\tevery r in list { r.path == \"BucketNam\" }\n}", `"BucketNam"`},
		{"finding contains {\"subject\": \"s\", \"message\": \"m\"} if {\n\tinput.release.settings[i].type == \"AWS::S3::Bucket\"\n\tinput.release.settings[i].path == \"BucketNam\"\n}", `"BucketNam"`},
		// What is no setting is not judged.
		{"finding contains {\"subject\": r.subject, \"message\": \"m\"} if {\n\tsome r in input.release.assets\n\tr.path == \"Nothing.Of.Ours\"\n}", ""},
	} {
		set := newSet()
		err := set.addFile("acme/x.rego", settingsPolicy+imports(c.body)+c.body+"\n", customRoot)
		if err == nil {
			_, err = compile(set)
		}
		switch {
		case err == nil && c.want != "":
			t.Errorf("%s\nis accepted, want %s", c.body, c.want)
		case err != nil && (c.want == "" || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s\n%v\nwant %s", c.body, err, c.want)
		}
	}
}

// imports gives a body that names the rows their import.
func imports(body string) string {
	if strings.Contains(body, "in rows") {
		return "\nimport input.release.settings as rows\n\n"
	}
	return "\n\n\n"
}

// TestAllTypesAreLookedAtInTime bounds a policy that names no type.
func TestAllTypesAreLookedAtInTime(t *testing.T) {
	began := time.Now()
	unknownConstant(constantOf{field: field{name: "path"}, how: "endswith", text: ".NothingHasThisName"}, nil)
	if took := time.Since(began); took > 20*time.Second {
		t.Error(took)
	}
	t.Log(time.Since(began))
}
