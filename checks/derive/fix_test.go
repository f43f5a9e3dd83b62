package derive

import (
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const aRelease = `
Resources:
  Bucket: {Type: AWS::S3::Bucket, Properties: {BucketName: panther-one}}
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: panther-q}}
  Listener: {Type: AWS::ElasticLoadBalancingV2::Listener, Properties: {LoadBalancerArn: arn, DefaultActions: [{Type: fixed-response, FixedResponseConfig: {StatusCode: '200'}}]}}
  Worker:
    Type: AWS::IAM::Role
    Properties:
      RoleName: panther-worker
      AssumeRolePolicyDocument: {Statement: []}
      Policies:
      - PolicyName: p
        PolicyDocument: {Statement: [{Effect: Allow, Action: ['sqs:Send*', 's3:PutObject'], Resource: '*'}]}
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: []}
      Policies:
      - PolicyName: p
        PolicyDocument: {Statement: {Effect: Allow, Action: 'dynamodb:GetItem', Resource: '*'}}`

// firstDenial judges aRelease in eu-central-1 by one statement, and gives the first
// denial that is certain.
func firstDenial(t *testing.T, statement string) checks.Denial {
	t.Helper()
	run := anInstall()
	run.Region, run.Account = "eu-central-1", "111122223333"
	scp := policy(t, "guard.json", iam.SCP, `{"Version":"2012-10-17","Statement":[`+statement+`]}`)
	o, err := derived(t, run, aRelease).Organization([][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), scp}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(o.Denials, func(d checks.Denial) bool { return d.Certain })
	if i < 0 {
		t.Fatalf("nothing is denied: %+v", o.Denials)
	}
	return o.Denials[i]
}

const (
	exemption = "add the condition ArnNotLike aws:PrincipalArn: arn:aws:iam::111122223333:role/PantherDeploymentRole"
	inRegion  = `"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["eu-west-1"]}}}`
)

// TestFixesInOrder: what an administrator would do comes first, and each is judged
// again.
func TestFixesInOrder(t *testing.T) {
	for name, tt := range map[string]struct {
		statement, change string
		otherwise         []string
		elsewhere         []string
	}{
		"a region, and a service that has its own": {
			`{"Effect":"Deny","NotAction":"support:*",` + inRegion, "add iam:* to NotAction; add eu-central-1 to StringNotEquals aws:RequestedRegion",
			[]string{"add eu-central-1, us-east-1 to StringNotEquals aws:RequestedRegion", exemption}, nil,
		},
		"every action": {
			`{"Effect":"Deny","Action":"*",` + inRegion, "replace Action * by NotAction iam:*; add eu-central-1 to StringNotEquals aws:RequestedRegion",
			[]string{"add eu-central-1, us-east-1 to StringNotEquals aws:RequestedRegion", exemption}, nil,
		},
		"a region alone": {
			`{"Effect":"Deny","Action":"sqs:*",` + inRegion, "add eu-central-1 to StringNotEquals aws:RequestedRegion", []string{exemption}, []string{"eu-west-1"},
		},
		"a service alone": {
			`{"Effect":"Deny","Action":["sqs:*","iam:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":"eu-central-1"}}}`, "remove iam:* from Action",
			[]string{"add us-east-1 to StringNotEquals aws:RequestedRegion", exemption}, nil,
		},
		"a region that is allowed is not a service, too": {
			`{"Effect":"Deny","Action":["sqs:*","iam:*"],"Resource":"*","Condition":{"StringNotEquals":{"aws:RequestedRegion":["us-east-1"]}}}`,
			"add eu-central-1 to StringNotEquals aws:RequestedRegion", []string{exemption}, []string{"us-east-1"},
		},
		"a region that is denied by name": {
			`{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":["eu-central-1","ap-south-1"]}}}`,
			"remove eu-central-1 from StringEquals aws:RequestedRegion", []string{exemption}, nil,
		},
		"the only region that is denied": {
			`{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-central-1"}}}`, exemption, nil, nil,
		},
		"an exemption that is there": {
			`{"Effect":"Deny","Action":"sqs:*","Resource":"*","Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/Admin"}}}`,
			"add arn:aws:iam::111122223333:role/PantherDeploymentRole to ArnNotLike aws:PrincipalArn", nil, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			d := firstDenial(t, tt.statement)
			if d.Change != tt.change || !slices.Equal(d.Otherwise, tt.otherwise) || !slices.Equal(d.Elsewhere, tt.elsewhere) {
				t.Errorf("have %q, then %q, elsewhere %q", d.Change, d.Otherwise, d.Elsewhere)
			}
		})
	}
}

// TestAdviceBeforeAnExemption: tags and boundaries that the release can meet.
func TestAdviceBeforeAnExemption(t *testing.T) {
	deny := func(action, condition string) string {
		return `{"Effect":"Deny","Action":["` + action + `"],"Resource":"*","Condition":{` + condition + `}}`
	}
	const untagged, boundary = `"Null":{"aws:RequestTag/Team":"true"}`, "arn:aws:iam::111122223333:policy/b"
	for name, tt := range map[string]struct {
		statement, advice string
		changes           bool
	}{
		"a tag":                       {deny("sqs:CreateQueue", untagged), "tags Team=VALUE (--stack-tag)", true},
		"a tag with a value":          {deny("sqs:CreateQueue", `"StringNotLike":{"aws:RequestTag/Team":["sec-*","x"]}`), "tags Team=sec-x (--stack-tag)", true},
		"a type that takes none":      {deny("elasticloadbalancing:CreateListener", untagged), "", true},
		"some of which take none":     {deny(`sqs:CreateQueue","elasticloadbalancing:CreateListener`, untagged), "", true},
		"a boundary":                  {deny("iam:CreateRole", `"StringNotEquals":{"iam:PermissionsBoundary":"`+boundary+`"}`), "the permissions boundary that the statement requires (property PermissionsBoundary): " + boundary, false},
		"any boundary":                {deny("iam:CreateRole", `"Null":{"iam:PermissionsBoundary":"true"}`), "a permissions boundary, which the statement requires", false},
		"a boundary among conditions": {deny("iam:CreateRole", `"StringNotEquals":{"aws:PrincipalAccount":"1"},"Null":{"iam:PermissionsBoundary":"true"}`), "a permissions boundary", false},
	} {
		t.Run(name, func(t *testing.T) {
			d := firstDenial(t, tt.statement)
			if (d.Advice == "") != (tt.advice == "") || !strings.Contains(d.Advice, tt.advice) || (d.Change != "") != tt.changes {
				t.Errorf("have %q and %q", d.Advice, d.Change)
			}
		})
	}
}

// TestRolesThatTheFixDoesNotHelp: what meets the deployment meets the roles of the
// release, unless the changed statement lets them pass, too.
func TestRolesThatTheFixDoesNotHelp(t *testing.T) {
	for name, tt := range map[string]struct {
		statement string
		want      []string
	}{
		"an exemption of the deployment role":   {`{"Effect":"Deny","Action":"sqs:*","Resource":"*"}`, []string{"entry#Worker"}},
		"what no role calls":                    {`{"Effect":"Deny","Action":"sqs:CreateQueue","Resource":"*"}`, nil},
		"every role":                            {`{"Effect":"Deny","NotAction":"cloudformation:*","Resource":"*"}`, []string{"entry#Worker", "entry#Reader"}},
		"a region that is added lets them pass": {`{"Effect":"Deny","Action":"sqs:*",` + inRegion, nil},
		"a condition that nobody knows":         {`{"Effect":"Deny","Action":["sqs:CreateQueue","s3:PutObject"],"Resource":"*","Condition":{"Null":{"s3:x-amz-server-side-encryption":"true"}}}`, nil},
		"a resource that may be another":        {`{"Effect":"Deny","Action":"sqs:*","Resource":"arn:aws:sqs:*:*:panther-q"}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			var have []string
			for _, r := range firstDenial(t, tt.statement).RuntimeRoles {
				have = append(have, r.Subject)
			}
			if !slices.Equal(have, tt.want) {
				t.Errorf("have %q, want %q", have, tt.want)
			}
		})
	}
}

// TestWhoManagesAPolicy: Control Tower undoes what others change.
func TestWhoManagesAPolicy(t *testing.T) {
	for name, tt := range map[string]struct{ file, sid, title, want string }{
		"by its name":       {"root/aws-guardrails-AbCdEf.json", "X", "", "AWS Control Tower"},
		"by its title":      {"p-12345678", "X", "aws-guardrails-AbCdEf", "AWS Control Tower"},
		"by its statements": {"p.json", "GRREGIONDENY", "p.json", "AWS Control Tower"},
		"one's own":         {"p.json", "GroupPolicy", "p.json", ""},
	} {
		p := policy(t, tt.file, iam.SCP, `{"Version":"2012-10-17","Statement":[{"Sid":"`+tt.sid+`","Effect":"Deny","Action":"*","Resource":"*"}]}`)
		if got := managedBy(p, tt.title); got != tt.want {
			t.Errorf("%s: have %q", name, got)
		}
	}
}
