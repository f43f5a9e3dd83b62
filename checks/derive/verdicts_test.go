package derive

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const twoBuckets = `
Resources:
  One: {Type: AWS::S3::Bucket, Properties: {BucketName: panther-one}}
  Two: {Type: AWS::S3::Bucket}`

// organization judges twoBuckets by one statement beside FullAWSAccess.
func organization(t *testing.T, run checks.Run, statement string) []checks.Denial {
	t.Helper()
	scp := policy(t, "guard.json", iam.SCP, `{"Version":"2012-10-17","Statement":[`+statement+`]}`)
	o, err := derived(t, run, twoBuckets).Organization([][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), scp}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	return o.Denials
}

func TestDenials(t *testing.T) {
	tests := []struct {
		name, statement string
		want            string // "action certain key subjects"
	}{
		{"by name of the action", `{"Sid":"A","Effect":"Deny","Action":"s3:CreateBucket","Resource":"*"}`, "s3:CreateBucket true  entry#One entry#Two"},
		{"by the bucket's name", `{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::panther-one"}`, "s3:CreateBucket true  entry#One"},
		{"by a name that is made later", `{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::panther-prod-two-abc"}`, "s3:CreateBucket false  entry#Two"},
		{"never by another name", `{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::audit-*"}`, ""},
		{"by another region", `{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-west-1"}}}`, "s3:CreateBucket true aws:RequestedRegion entry#One entry#Two"},
		{"not in this region", `{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"us-east-1"}}}`, ""},
		{"not the deployment role", `{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Panther*"}}}`, ""},
		{"by an account that may be this", `{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}}`, "s3:CreateBucket false aws:PrincipalAccount entry#One entry#Two"},
		{"by an organization that may be this", `{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringNotEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}`, "s3:CreateBucket false aws:PrincipalOrgID entry#One entry#Two"},
		{"by a tag that is asked for", `{"Effect":"Deny","Action":"s3:CreateBucket","Resource":"*","Condition":{"Null":{"aws:RequestTag/team":"true"}}}`, "s3:CreateBucket true aws:RequestTag/team entry#One entry#Two"},
		{"by the address", `{"Effect":"Deny","Action":"s3:CreateBucket","Resource":"*","Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/24"}}}`, "s3:CreateBucket false aws:SourceIp entry#One entry#Two"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var have []string
			for _, d := range organization(t, anInstall(), tt.statement) {
				line := d.Action + " false "
				if d.Certain {
					line = d.Action + " true "
				}
				line += d.Key
				for _, r := range d.Resources {
					line += " " + r.Subject
				}
				have = append(have, line)
			}
			if got := strings.Join(have, "\n"); got != tt.want {
				t.Errorf("have %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestAKnownAccountIsNotGuessed(t *testing.T) {
	run := anInstall()
	run.Account = "111122223333"
	statement := `{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalAccount":"111122223333"}}}`
	if d := organization(t, run, statement); len(d) != 1 || !d[0].Certain {
		t.Errorf("the account is the one that is named: %+v", d)
	}
	run.Account = "444455556666"
	if d := organization(t, run, statement); len(d) != 0 {
		t.Errorf("another account is named: %+v", d)
	}
}

// TestAnUnknownNamesEveryKey of every world: a perimeter depends on the
// organization as well as on the tag that lifts it.
func TestAnUnknownNamesEveryKey(t *testing.T) {
	perimeter := func(operator, condition string) string {
		return `{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"` + operator + `":{` + condition + `}}}`
	}
	run := anInstall()
	run.DeploymentRole = "Deployer"
	for name, tt := range map[string]struct {
		statement string
		want      []string
	}{
		"resource's organization and a tag":  {perimeter("StringNotEqualsIfExists", `"aws:ResourceOrgID":"o-abcdefghij","aws:PrincipalTag/x":"true"`), []string{"aws:PrincipalTag/x", "aws:ResourceOrgID"}},
		"principal's organization and a VPC": {perimeter("StringNotEquals", `"aws:PrincipalOrgID":"o-abcdefghij","aws:SourceVpc":"vpc-1"`), []string{"aws:PrincipalOrgID", "aws:SourceVpc"}},
		"account and an address":             {perimeter("StringNotEquals", `"aws:PrincipalAccount":"111122223333","aws:SourceIp":"192.0.2.1"`), []string{"aws:PrincipalAccount", "aws:SourceIp"}},
		"organization alone":                 {perimeter("StringNotEquals", `"aws:ResourceOrgID":"o-abcdefghij"`), []string{"aws:ResourceOrgID"}},
		"tag alone":                          {perimeter("StringNotEquals", `"aws:PrincipalTag/x":"true"`), []string{"aws:PrincipalTag/x"}},
	} {
		d := organization(t, run, tt.statement)
		if len(d) != 1 || d[0].Certain || !slices.Equal(d[0].Keys, tt.want) {
			t.Errorf("%s: %+v, want %q", name, d, tt.want)
		}
	}
}

func TestAnAdministratorIsNotTheRole(t *testing.T) {
	run := anInstall()
	run.DeploymentRole = ""
	d := organization(t, run, `{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Admin"}}}`)
	if len(d) != 1 || d[0].Certain || !slices.Equal(d[0].Keys, []string{"aws:PrincipalArn"}) || len(d[0].Passing) != 1 {
		t.Errorf("have %+v", d)
	}
}

func TestOnlyTheRootStackIsTheCallersOwnCall(t *testing.T) {
	run := anInstall()
	run.DeploymentRole = ""
	const unlessCalledBy = `{"Effect":"Deny","Action":["cloudformation:*","s3:*"],"Resource":"*","Condition":{"Bool":{"aws:ViaAWSService":"false"}}}`
	var denied []string
	for _, d := range organization(t, run, unlessCalledBy) {
		if !d.Certain {
			t.Errorf("have %+v", d)
		}
		denied = append(denied, d.Action)
	}
	if !slices.Equal(denied, []string{"cloudformation:CreateStack", "cloudformation:DescribeStacks"}) {
		t.Errorf("denied are %q", denied)
	}
	// Whether a role is passed or assumed is not known.
	for _, d := range organization(t, anInstall(), unlessCalledBy) {
		if d.Certain || !slices.Equal(d.Keys, []string{"aws:ViaAWSService"}) {
			t.Errorf("have %+v", d)
		}
	}
}

func TestAVariableThatIsWrittenInEscapes(t *testing.T) {
	for _, resource := range []string{`arn:aws:s3:::${aws:username}`, `arn:aws:s3:::\u0024\u007baws:userid}`, `arn:aws:s3:::${aws:userid}`} {
		d := organization(t, anInstall(), `{"Effect":"Deny","Action":"s3:*","Resource":"`+resource+`"}`)
		// A role has no user name, so only the id leaves it open.
		if want := strings.Contains(resource, "userid"); (len(d) > 0) != want || want && d[0].Certain {
			t.Errorf("%s: have %+v", resource, d)
		}
	}
}

func TestTheManagementAccountIsExempt(t *testing.T) {
	r := released(t, anInstall(), map[string]string{"root.yml": twoBuckets})
	r.Management = true
	n, err := Derive(r)
	if err != nil {
		t.Fatal(err)
	}
	deny := policy(t, "p", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}`)
	if o, err := n.Organization([][]*iam.Policy{{deny}}, nil); err != nil || len(o.Denials) != 0 {
		t.Errorf("have %+v, %v", o.Denials, err)
	}
}

func TestWhatElseDenies(t *testing.T) {
	d := organization(t, anInstall(), `{"Sid":"A","Effect":"Deny","Action":"s3:CreateBucket","Resource":"*"},{"Sid":"B","Effect":"Deny","Action":"s3:*","Resource":"*"}`)
	if len(d) != 2 || !slices.Equal(d[0].Remains, []string{"guard.json#B"}) || !slices.Equal(d[1].Remains, []string{"guard.json#A"}) {
		t.Errorf("have %+v", d)
	}
}

// TestFixesSuffice puts every statement that a fix gives in the place of the
// one it mends, and judges the release again.
func TestFixesSuffice(t *testing.T) {
	n, err := Derive(realRelease(t, anInstall()))
	if err != nil {
		t.Fatal(err)
	}
	mended := 0
	for _, p := range publicPolicies(t, iam.SCP) {
		before, err := n.Organization([][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), p}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		fixes := map[string]string{}
		for _, d := range before.Denials {
			if d.Certain && !d.Implicit {
				if d.Fix == "" {
					t.Errorf("%s#%s: no fix", d.Policy, d.Statement)
				}
				fixes[d.Statement] = d.Fix
			}
		}
		if len(fixes) == 0 {
			continue
		}
		mended++
		var statements []json.RawMessage
		for i := range p.Statements() {
			s := &p.Statements()[i]
			if fix := fixes[label(s)]; fix != "" {
				statements = append(statements, json.RawMessage(fix))
			} else {
				statements = append(statements, s.JSON())
			}
		}
		text, err := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": statements})
		if err != nil {
			t.Fatal(err)
		}
		after, err := n.Organization([][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), policy(t, p.Name(), iam.SCP, string(text))}}, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range after.Denials {
			if d.Certain {
				t.Errorf("%s#%s still denies %s", d.Policy, d.Statement, d.Action)
			}
		}
	}
	if mended < 10 {
		t.Errorf("only %d policies were mended", mended)
	}
}

func TestFixOfAnAdministratorTakesTheActionOut(t *testing.T) {
	run := anInstall()
	run.DeploymentRole = ""
	tests := []struct{ statement, want string }{
		{`{"Effect":"Deny","Action":["s3:CreateBucket","s3:DeleteBucket"],"Resource":"*"}`, `{"Effect":"Deny","Action":["s3:DeleteBucket"],"Resource":"*"}`},
		{`{"Effect":"Deny","NotAction":"cloudformation:*","Resource":"*"}`, `{"Effect":"Deny","NotAction":["cloudformation:*","s3:CreateBucket"],"Resource":"*"}`},
		{`{"Effect":"Deny","Action":"s3:Create*","Resource":"*"}`, ``}, // a wildcard cannot give one up
	}
	for _, tt := range tests {
		if d := organization(t, run, tt.statement); len(d) != 1 || d[0].Fix != tt.want {
			t.Errorf("%s: have %+v", tt.statement, d)
		}
	}
}

func TestLevelWithoutAnAllow(t *testing.T) {
	scp := policy(t, "list.json", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudformation:*"],"Resource":"*"}]}`)
	o, err := derived(t, anInstall(), twoBuckets).Organization([][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess)}, {scp}, {}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	levels := map[int]int{}
	for _, d := range o.Denials {
		if !d.Implicit || !d.Certain {
			t.Errorf("have %+v", d)
		}
		levels[d.Level]++
	}
	if levels[0] != 0 || levels[1] != 1 || levels[2] != 3 {
		t.Errorf("denials by level: %v", levels)
	}
	if o.Denials[0].Fix != `{"Effect":"Allow","Action":"s3:*","Resource":["*"]}` {
		t.Errorf("the fix is %s", o.Denials[0].Fix)
	}
}

func TestIdentityInTheAccountItNames(t *testing.T) {
	own := policy(t, "own.json", iam.Identity, `{"Version":"2012-10-17","Statement":[
		{"Effect":"Allow","Action":"cloudformation:*","Resource":"*"},
		{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:us-east-1:111122223333:panther-*"}]}`)
	n := derived(t, anInstall(), "Resources:\n  Good: {Type: AWS::SQS::Queue, Properties: {QueueName: panther-q}}\n  Bad: {Type: AWS::SQS::Queue, Properties: {QueueName: q}}")
	rules, err := n.Identity(rolefile.Role{Identity: []*iam.Policy{own}})
	if err != nil {
		t.Fatal(err)
	}
	if len(rules.Denials) != 3 {
		t.Fatalf("have %+v", rules.Denials)
	}
	for _, d := range rules.Denials {
		if !d.Certain || !d.Implicit || len(d.Resources) != 1 || d.Resources[0].Subject != "entry#Bad" || d.Fix == "" {
			t.Errorf("have %+v", d)
		}
	}
	rules, err = n.Identity(rolefile.Role{Identity: []*iam.Policy{own}, Unread: []string{"arn:aws:iam::aws:policy/AdministratorAccess"}})
	if err != nil || slices.ContainsFunc(rules.Denials, func(d checks.Denial) bool { return d.Certain }) {
		t.Errorf("a policy that was not read may allow it: %+v, %v", rules.Denials, err)
	}
}

func TestInventedActions(t *testing.T) {
	scp := policy(t, "p.json", iam.SCP, `{"Version":"2012-10-17","Statement":[
		{"Sid":"S","Effect":"Deny","Action":["s3:SetBucketEncryption","s3:PutBucket*","s3:Frob*","*","nosuch:*","S3:CREATEBUCKET"],"Resource":"*"},
		{"Effect":"Allow","NotAction":"ec2:RunInstance","Resource":"*"}]}`)
	all, err := derived(t, anInstall(), twoBuckets).invented([]*iam.Policy{scp})
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, i := range all {
		have = append(have, i.Statement+" "+i.Action+" "+i.Effect+" "+i.Meant)
	}
	want := []string{"S s3:SetBucketEncryption Deny s3:PutEncryptionConfiguration", "S s3:Frob* Deny ", "S nosuch:* Deny ", "1 ec2:RunInstance Allow "}
	if !slices.Equal(have, want) {
		t.Errorf("have %q", have)
	}
}

// TestOrderDoesNotMatter shuffles nothing at random: it turns levels around and
// judges twice.
func TestOrderDoesNotMatter(t *testing.T) {
	n, err := Derive(realRelease(t, anInstall()))
	if err != nil {
		t.Fatal(err)
	}
	level := append(publicPolicies(t, iam.SCP), policy(t, "full.json", iam.SCP, fullAccess))
	ask := func() []checks.Denial {
		o, err := n.Organization([][]*iam.Policy{level}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return o.Denials
	}
	first, again := ask(), ask()
	slices.Reverse(level)
	turned := ask()
	if len(first) != len(again) || len(first) != len(turned) || len(first) < 1000 {
		t.Fatalf("%d, %d and %d denials", len(first), len(again), len(turned))
	}
	for i, d := range first {
		for _, other := range []checks.Denial{again[i], turned[i]} {
			if other.Policy != d.Policy || other.Statement != d.Statement || other.Action != d.Action || other.Actor != d.Actor ||
				other.Certain != d.Certain || other.Fix != d.Fix || !slices.Equal(other.Keys, d.Keys) || !reflect.DeepEqual(other.Resources, d.Resources) {
				t.Fatalf("%+v\nand\n%+v", d, other)
			}
		}
	}
}
