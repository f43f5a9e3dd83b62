package template

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
)

// one makes a template of one resource with one property.
func one(kind, property string) string {
	return "Parameters: {P: {Type: String}, W: {Type: String, Default: arn}}\nConditions: {Open: !Equals [!Ref P, x], No: !Equals [a, b]}\n" +
		"Mappings: {M: {us-east-1: {V: 'arn:aws:iam::1:root'}}}\n" +
		"Resources: {R: {Type: '" + kind + "', Properties: {V: " + property + "}}}\n"
}

func literalsOf(t *testing.T, property, region string) []string {
	t.Helper()
	var out []string
	for _, l := range loadText(t, one("Custom::R", property), Options{Region: region}).Facts().Literals {
		if l.Row != "" {
			continue
		}
		line := fmt.Sprintf("%s %s %s,%s,%s,%s %s", l.Kind, l.Text, l.Partition, l.Service, l.Region, l.Account, l.Exists)
		if l.Scheme {
			line += " scheme"
		}
		out = append(out, line)
	}
	return out
}

func TestLiterals(t *testing.T) {
	for property, want := range map[string][]string{
		`'arn:aws:s3:::bucket/*'`:                                                {"arn arn:aws:s3:::bucket/* aws,s3,, yes"},
		`!Sub 'arn:aws:sns:${AWS::Region}:${AWS::AccountId}:t'`:                  {"arn arn:aws:sns:*:*:t aws,sns,*,* yes"},
		`!Sub 'arn:${AWS::Partition}:sns:eu-west-1:1:t'`:                         {"arn arn:aws-cn:sns:eu-west-1:1:t aws-cn,sns,eu-west-1,1 yes"},
		`!Sub ['arn:${p}:s3:::c', {p: !Ref 'AWS::Partition'}]`:                   {"arn arn:aws-cn:s3:::c aws-cn,s3,, yes"},
		`!Sub '{"Resource":"arn:${AWS::Partition}:states:::http:invoke"}'`:       {"arn arn:aws-cn:states:::http:invoke aws-cn,states,, yes"},
		`'"{\"Resource\":\"arn:aws:states:::http:invoke\"}"'`:                    {"arn arn:aws:states:::http:invoke aws,states,, yes"},
		`!Join [':', [arn, aws, s3, '', '', !Ref P]]`:                            {"arn arn:aws:s3:::* aws,s3,, yes"},
		`!Join ['', ['arn:', !Ref 'AWS::Partition', ':s3:::b']]`:                 {"arn arn:aws-cn:s3:::b aws-cn,s3,, yes"},
		`!Sub ['arn:${p}:s3:::b', {p: aws}]`:                                     {"arn arn:aws:s3:::b aws,s3,, yes"},
		`!If [No, 'arn:aws:s3:::a', 'arn:aws:s3:::b']`:                           {"arn arn:aws:s3:::b aws,s3,, yes"},
		`!If [Open, 'arn:aws:s3:::a', x]`:                                        {"arn arn:aws:s3:::a aws,s3,, undecided"},
		`'^arn:(aws|aws-cn):s3:::b$'`:                                            nil,
		`'two arn:aws:s3:::a, arn:aws-cn:s3:::b'`:                                {"arn arn:aws:s3:::a aws,s3,, yes", "arn arn:aws-cn:s3:::b aws-cn,s3,, yes"},
		`'https://sqs.us-east-1.amazonaws.com/1/q'`:                              {"host sqs.us-east-1.amazonaws.com aws,sqs,us-east-1, yes scheme"},
		`!Sub 'https://sqs.${AWS::Region}.${AWS::URLSuffix}/q'`:                  nil,
		`'b.s3.amazonaws.com.cn'`:                                                {"host b.s3.amazonaws.com.cn aws-cn,s3,, yes"},
		`'https://eu-west-1.console.aws.amazon.com/sns'`:                         {"console eu-west-1.console.aws.amazon.com aws,,, yes scheme"},
		`'https://docs.aws.amazon.com/s3'`:                                       nil,
		`'notamazonaws.company'`:                                                 nil,
		`{Principal: {Service: [events.amazonaws.com]}}`:                         {"principal events.amazonaws.com aws,events,, yes"},
		`{Principal: {Service: !Sub 'ec2.${AWS::URLSuffix}'}}`:                   {"principal ec2.${AWS::URLSuffix} *,ec2,, yes"},
		`{Principal: {AWS: 'arn:aws:iam::1:root'}}`:                              {"arn arn:aws:iam::1:root aws,iam,,1 yes"},
		`{Principal: {Federated: cognito-identity.cn-north-1.amazonaws.com.cn}}`: {"host cognito-identity.cn-north-1.amazonaws.com.cn aws-cn,cognito-identity,cn-north-1, yes"},
		`{StringEquals: {'oidc.eks.us-east-1.amazonaws.com/id/A:aud': b}}`:       {"host oidc.eks.us-east-1.amazonaws.com aws,eks,us-east-1, yes"},
		`{AWSServiceName: ecs.amazonaws.com}`:                                    {"principal ecs.amazonaws.com aws,ecs,, yes"},
		`{'iam:PassedToService': ecs-tasks.amazonaws.com}`:                       {"principal ecs-tasks.amazonaws.com aws,ecs-tasks,, yes"},
		`{'iam:PassedToService': !Sub 'logs.${AWS::Region}.${AWS::URLSuffix}'}`:  {"principal logs.*.${AWS::URLSuffix} *,logs,, yes"},
		`!GetAtt R.Arn`: nil,
	} {
		if got := literalsOf(t, property, "cn-north-1"); !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q", property, got, want)
		}
	}
}

// TestLiteralsKnowTheRole: what a role is for decides which form of a principal
// AWS China takes.
func TestLiteralsKnowTheRole(t *testing.T) {
	text := "Resources:\n" +
		"  Node: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}}}\n" +
		"  Host: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Statement: [{Effect: Allow, Principal: {Service: ec2.amazonaws.com}, Action: 'sts:AssumeRole'}]}}}\n" +
		"  Group: {Type: AWS::EKS::Nodegroup, Properties: {ClusterName: c, Subnets: [s], NodeRole: !If [Never, x, !GetAtt Node.Arn]}}\n" +
		"Conditions: {Never: !Equals [a, b]}\n"
	tree := loadText(t, text, Options{Region: "cn-north-1"})
	used := map[string]string{}
	for _, l := range tree.Facts().Literals {
		used[l.Subject] = l.UsedAs
	}
	if used["entry#Node"] != "AWS::EKS::Nodegroup NodeRole" || used["entry#Host"] != "" {
		t.Errorf("%q", used)
	}
}

func TestLiteralsKnowTheirPlace(t *testing.T) {
	text := "Description: arn:aws:s3:::not-seen\nParameters:\n  P: {Type: String, Default: 'arn:aws:s3:::preset'}\n" +
		"Mappings: {M: {us-east-1: {V: 'arn:aws:iam::1:root'}}}\n# arn:aws:s3:::comment\n" +
		"Resources:\n  R:\n    Type: Custom::R\n    Metadata: {Note: 'arn:aws:s3:::note'}\n    Properties:\n      List:\n        - 'arn:aws:s3:::item'\n" +
		"  Gone: {Type: Custom::R, Condition: No, Properties: {V: 'arn:aws:s3:::gone'}}\nConditions: {No: !Equals [a, b]}\n" +
		"Outputs: {O: {Value: 'arn:aws:s3:::out'}}\n"
	var got []string
	for _, l := range loadText(t, text, Options{}).Facts().Literals {
		got = append(got, fmt.Sprintf("%s %s %s %s row=%s %d", l.Subject, l.Path, l.Slot, strings.TrimPrefix(l.Text, "arn:aws:"), l.Row, l.Line))
	}
	want := []string{
		"entry#R Resources.R.Metadata.Note Note s3:::note row= 9",
		"entry#R Resources.R.Properties.List List s3:::item row= 12",
		"entry#O Outputs.O.Value Value s3:::out row= 15",
		"entry#M Mappings.M.us-east-1.V V iam::1:root row=us-east-1 4",
		"parameter:P Parameters.P.Default Default s3:::preset row= 3",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	given := loadText(t, text, Options{Parameters: map[string]ParameterValue{"P": {Text: "x"}}}).Facts()
	for _, l := range given.Literals {
		if l.Subject == "parameter:P" {
			t.Error("a Default that is replaced counts")
		}
	}
}

func TestLookups(t *testing.T) {
	for property, want := range map[string]string{
		`!FindInMap [M, !Ref AWS::Region, V]`:                                  "M cn-north-1 false yes",
		`!FindInMap [M, !Sub '${AWS::Region}', V]`:                             "M cn-north-1 false yes",
		`{"Fn::FindInMap": [M, {"Ref": "AWS::Region"}, V, {DefaultValue: x}]}`: "M cn-north-1 true yes",
		`!FindInMap [M, us-east-1, V]`:                                         "",
		`!If [Open, !FindInMap [M, !Ref AWS::Region, V], x]`:                   "M cn-north-1 false undecided",
		`!If [No, !FindInMap [M, !Ref AWS::Region, V], x]`:                     "",
	} {
		got := ""
		for _, l := range loadText(t, one("Custom::R", property), Options{Region: "cn-north-1"}).Facts().Lookups {
			got += fmt.Sprintf("%s %s %v %s", l.Mapping, l.Region, l.HasRow, l.Exists)
		}
		if got != want {
			t.Errorf("%s: got %q, want %q", property, got, want)
		}
	}
}

func TestObserved(t *testing.T) {
	for property, want := range map[string]string{
		`{Runtime: go1.x}`:             "literal go1.x false yes",
		`{Runtime: !Ref W}`:            "literal arn true yes",
		`{Runtime: !Ref P}`:            "unknown  true yes",
		`{Runtime: !Sub 'python${P}'}`: "pattern python* false yes",
		`{Runtime: !Ref AWS::NoValue}`: "absent  false yes",
		`{}`:                           "absent  false yes",
		`{Runtime: !If [Open, go1.x, !Ref AWS::NoValue]}`:     "literal go1.x false undecided,absent  false undecided",
		`!If [Open, {Runtime: go1.x}, {Runtime: python3.13}]`: "literal go1.x false undecided,literal python3.13 false undecided",
	} {
		text := strings.Replace(one("AWS::Lambda::Function", "x"), "Properties: {V: x}", "Properties: "+property, 1)
		var got []string
		for _, s := range loadText(t, text, Options{}).Facts().Observed {
			if s.Path == "Runtime" {
				got = append(got, fmt.Sprintf("%s %s %v %s", s.State, s.Text, s.Parameter, s.Exists))
			}
		}
		if strings.Join(got, ",") != want {
			t.Errorf("%s: got %q, want %q", property, got, want)
		}
	}
}

func TestAssets(t *testing.T) {
	for _, c := range []struct{ kind, properties, want string }{
		{"AWS::CloudFormation::Stack", `{TemplateURL: 'https://b.s3.us-west-2.amazonaws.com/k/e.y'}`, "template b k/e.y  aws us-west-2 false"},
		{"AWS::CloudFormation::Stack", `{TemplateURL: 'https://s3-us-west-2.amazonaws.com/b/k'}`, "template b k  aws us-west-2 false"},
		{"AWS::CloudFormation::Stack", `{TemplateURL: 'https://b.s3.cn-north-1.amazonaws.com.cn/k'}`, "template b k  aws-cn cn-north-1 false"},
		{"AWS::CloudFormation::Stack", `{TemplateURL: !Sub 'https://b.s3.${AWS::Region}.${AWS::URLSuffix}/k'}`, "template b k  aws-cn cn-north-1 false"},
		{"AWS::CloudFormation::Stack", `{TemplateURL: child.yml}`, "template      true"},
		{"AWS::Lambda::Function", `{Code: {S3Bucket: panther-enterprise-us-east-1, S3Key: k}}`, "code panther-enterprise-us-east-1 k   us-east-1 false"},
		{"AWS::Lambda::Function", `{Code: {ZipFile: x}}`, ""},
		{"AWS::Lambda::Function", `{Layers: ['arn:aws:lambda:us-east-1:580247275435:layer:x:1']}`, "layer   580247275435 aws us-east-1 false"},
		{"AWS::ECS::TaskDefinition", `{ContainerDefinitions: [{Image: '1.dkr.ecr.us-east-1.amazonaws.com/a:1'}]}`, "image   1 aws us-east-1 false"},
		{"AWS::ECS::TaskDefinition", `{ContainerDefinitions: [{Image: nginx}]}`, "image      false"},
		{"AWS::AppSync::GraphQLSchema", `{DefinitionS3Location: 's3://b-eu-west-1/k'}`, "schema b-eu-west-1 k   eu-west-1 false"},
	} {
		text := strings.Replace(one(c.kind, "x"), "Properties: {V: x}", "Properties: "+c.properties, 1)
		got := ""
		for _, a := range loadText(t, text, Options{Region: "cn-north-1"}).Facts().Assets {
			got += fmt.Sprintf("%s %s %s %s %s %s %v", a.Kind, a.Bucket, a.Key, a.Account, a.Partition, a.Region, a.Local)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.properties, got, c.want)
		}
	}
}

func TestGeneratedNames(t *testing.T) {
	long := strings.Repeat("s", 60)
	for _, c := range []struct{ stack, id, kind, want string }{
		{"panther", "AuditLogs", "AWS::S3::Bucket", "panther-auditlogs-*"},
		{"Panther", "AuditLogs", "AWS::IAM::Role", "Panther-AuditLogs-*"},
		{"panther", strings.Repeat("L", 60), "AWS::IAM::Role", "panther-" + strings.Repeat("L", 41) + "*-*"},
		{long, "Short", "AWS::IAM::Role", strings.Repeat("s", 43) + "*-Short-*"},
		{long, strings.Repeat("L", 60), "AWS::IAM::Role", strings.Repeat("s", 24) + "*-" + strings.Repeat("L", 24) + "*-*"},
		{"panther", "Q", "AWS::SQS::Queue", "panther-Q-*"},
	} {
		tree := loadText(t, "Resources: {"+c.id+": {Type: '"+c.kind+"'}}", Options{StackName: c.stack})
		r := resource(t, tree, "entry#"+c.id)
		if r.Name.Text() != c.want || r.NameKind != "generated" || !r.Name.FromStackName() || r.Name.MinLen() > r.NameMax {
			t.Errorf("%s %s: %s, at least %d of %d", c.stack, c.id, r.Name.Text(), r.Name.MinLen(), r.NameMax)
		}
	}
}

func TestUnlistedTypesHaveNamesToo(t *testing.T) {
	tree := loadText(t, "Resources: {R: {Type: 'AWS::New::Thing', Properties: {ThingName: it}}, S: {Type: 'Custom::Thing', Properties: {Name: x}}}", Options{})
	if r := resource(t, tree, "entry#R"); r.NameKind != "literal" || r.Name.Text() != "it" {
		t.Errorf("%+v", r)
	}
	if r := resource(t, tree, "entry#S"); r.NameKind != "none" {
		t.Errorf("%+v", r)
	}
}

// The same input gives the same facts.
func TestFactsAreTheSameEveryTime(t *testing.T) {
	files := map[string]string{"root.yml": parent, "sub/app.yml": app}
	first := loadFiles(t, files, Options{Region: "us-east-1"}).Facts()
	tree := loadFiles(t, files, Options{Region: "us-east-1"})
	for range 3 {
		if !reflect.DeepEqual(first, tree.Facts()) {
			t.Fatal("the facts differ")
		}
	}
}

func TestPartitions(t *testing.T) {
	for region, want := range map[string]string{"us-east-1": "aws amazonaws.com", "cn-northwest-1": "aws-cn amazonaws.com.cn", "us-gov-west-1": "aws-us-gov amazonaws.com", "": " "} {
		o := Options{Region: region}
		if got := o.partition() + " " + o.suffix(); got != want {
			t.Errorf("%s: %s", region, got)
		}
	}
	if r := loadText(t, one("AWS::Cognito::UserPool", "x"), Options{Region: "cn-north-1"}).Facts().Resources[0]; r.Offered != "no" || r.Exists != checks.ExistsYes {
		t.Errorf("%+v", r)
	}
}
