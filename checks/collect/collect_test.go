package collect_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

var everything = checks.ReadSections()

// named is one resource of every type that can be listed, and one that only
// Cloud Control can find.
var named = []string{
	"AWS::IAM::Role", "AWS::IAM::ManagedPolicy", "AWS::IAM::InstanceProfile", "AWS::IAM::Group", "AWS::IAM::User", "AWS::Lambda::Function",
	"AWS::Logs::LogGroup", "AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SNS::Topic", "AWS::KMS::Alias", "AWS::ECR::Repository", "AWS::ECS::Cluster",
	"AWS::ElasticLoadBalancingV2::LoadBalancer", "AWS::ElasticLoadBalancingV2::TargetGroup", "AWS::Athena::WorkGroup", "AWS::Athena::DataCatalog",
	"AWS::KinesisFirehose::DeliveryStream", "AWS::CloudTrail::Trail", "AWS::GuardDuty::Detector", "AWS::CloudWatch::Dashboard", "AWS::CodeBuild::Project",
	"AWS::S3::Bucket", "AWS::SecretsManager::Secret", "AWS::EC2::VPC", "AWS::EC2::InternetGateway", "AWS::EC2::EIP", "AWS::SSM::Parameter",
}

func facts() *checks.Facts {
	f := &checks.Facts{Run: checks.Run{
		Region: "us-east-1", Partition: "aws", StackName: "panther", Release: "v1.31.1", DeploymentRole: "PantherDeploymentRole", EntryKind: checks.EntryBackend,
	}}
	for _, kind := range named {
		f.Release.Resources = append(f.Release.Resources, checks.Resource{Type: kind, Exists: checks.ExistsYes, NameKind: "literal", Name: "panther-x"})
	}
	f.Release.Observed = []checks.Setting{{
		Subject: "Core#Replay", Type: "AWS::Lambda::Function", Path: "ReservedConcurrentExecutions", State: "literal", Text: "40", Exists: checks.ExistsYes,
	}}
	for name, value := range map[string]string{
		"PulumiSecretArn": "arn:aws:secretsmanager:us-east-1:246537256134:secret:pulumi", "PulumiSecretKeyArn": "arn:aws:kms:us-east-1:246537256134:key/1",
		"VpcID": "vpc-1", "SubnetOneID": "subnet-1", "SubnetTwoID": "subnet-9", "SecurityGroupID": "sg-1",
		"ApiCertificateArn": "arn:aws:acm:us-east-1:" + fakeaws.AccountID + ":certificate/1", "CustomDomain": "panther.example.com",
	} {
		f.Parameters = append(f.Parameters, checks.Parameter{Name: name, Known: true, Value: value})
	}
	f.Authorization.Untold = []checks.UntoldType{{Type: "Acme::Pipeline::Job"}, {Type: "Acme::Pipeline::Job"}}
	return f
}

func options(url string) collect.Options {
	return collect.Options{
		Config: aws.Config{
			Region: "us-east-1", BaseEndpoint: &url, RetryMaxAttempts: 1, HTTPClient: awshttp.NewBuildableClient(),
			Credentials: credentials.NewStaticCredentialsProvider("AKIA", "secret", ""),
		},
		S3:    []func(*s3.Options){func(o *s3.Options) { o.UsePathStyle = true }},
		Needs: everything, CallTimeout: 5 * time.Second,
		Scope: collect.Scope{
			Names:    map[string][]string{"AWS::S3::Bucket": {"panther-*"}, "AWS::CloudFormation::Stack": {"panther-*"}, "AWS::CloudFormation::StackSet": {"panther-*"}},
			Tags:     []checks.Tag{{Key: "PantherVersion"}},
			Projects: []string{"panther-pulumi"}, DomainParameter: "CustomDomain", Subdomains: []string{"api."},
			EntryURL: "https://panther-enterprise-{region}.s3.{region}.amazonaws.com/{version}/panther.yml",
			Quotas: []collect.QuotaScope{
				{Service: "vpc", Code: "L-1", Type: "AWS::EC2::VPC", Default: 5}, {Service: "vpc", Code: "L-2", Type: "AWS::EC2::InternetGateway", Default: 5},
				{Service: "ec2", Code: "L-3", Type: "AWS::EC2::EIP", Default: 5}, {Service: "s3", Code: "L-4", Type: "AWS::S3::Bucket", Default: 5},
				{Service: "iam", Code: "Roles", Type: "AWS::IAM::Role"},
				{Service: "lambda", Code: "L-5", Type: "AWS::Lambda::Function", Property: "ReservedConcurrentExecutions"},
			},
		},
	}
}

func read(t testing.TB, a *fakeaws.Account, change func(*collect.Options)) *checks.Facts {
	t.Helper()
	o := options(a.Start(t))
	if change != nil {
		change(&o)
	}
	f := facts()
	c := collect.New(o, f)
	if err := c.ReadStacks(context.Background()); err != nil {
		t.Fatal(err)
	}
	if err := c.ReadRest(context.Background()); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestEverythingIsRead(t *testing.T) {
	f := read(t, fakeaws.Panther(), nil)
	if len(f.Gaps) > 0 {
		t.Fatalf("gaps: %v", f.Gaps)
	}
	if f.Caller.RoleARN != "arn:aws:iam::"+fakeaws.AccountID+":role/Deployer" || !f.Caller.PathKnown || f.Run.Account != fakeaws.AccountID {
		t.Errorf("caller: %+v", f.Caller)
	}
	if o := f.Organizations; o.Standing != checks.OrganizationMember || len(o.Levels) != 4 || o.Levels[0].Kind != "root" || len(o.Policies) != 8 {
		t.Errorf("organization: %+v", o)
	}
	if r := f.Role; !r.Exists || len(r.Policies) != 2 || r.Boundary.Document == "" || r.StackName != "panther-deployment-role" {
		t.Errorf("role: %+v", r)
	}
	if q := f.Quotas; len(q) != 6 || q[4].Used != 2 || q[4].Limit != 100 || q[2].Used != 100 || q[2].Own != 40 {
		t.Errorf("quotas: %+v", q)
	}
	if len(f.CloudFormation.Stacks) != 2 || !f.CloudFormation.Stacks[1].InTree || len(f.CloudFormation.Resources) != 3 {
		t.Errorf("stacks: %+v", f.CloudFormation)
	}
	if p := f.CloudFormation.Stacks[0].Parameters[1]; !p.Hidden || p.Value != "" {
		t.Errorf("a NoEcho value is kept: %+v", p)
	}
	if k := f.CloudFormation.Retained; len(k) != 2 || k[0].PhysicalID != "old-table" || k[0].State != checks.StateMissing || k[1].State != checks.StateMissing {
		t.Errorf("retained: %+v", k)
	}
	if n := f.Network; len(n.VPCs) != 1 || n.VPCs[0].State != checks.StatePresent || len(n.Subnets) != 2 || n.Subnets[0].VPC != "vpc-1" || n.Subnets[1].State != checks.StateMissing ||
		len(n.SecurityGroups) != 1 || n.SecurityGroups[0].State != checks.StatePresent {
		t.Errorf("network: %+v", n)
	}
	if len(f.Certificates) != 1 || len(f.Secrets) != 2 || len(f.DNS.Records) != 1 || len(f.Builds) != 1 || len(f.Objects) != 1 || len(f.Buckets) != 1 {
		t.Errorf("inputs: %+v %+v %+v %+v %+v %+v", f.Certificates, f.Secrets, f.DNS, f.Builds, f.Objects, f.Buckets)
	}
}

// Every action that is asked for is called, and no other: the policy that is
// printed is the least that is needed.
func TestThePermissionsAreThoseOfTheCalls(t *testing.T) {
	a := fakeaws.Panther()
	a.Allowed = collect.Actions(everything, "aws")
	if f := read(t, a, nil); len(f.Gaps) > 0 {
		t.Errorf("with the printed permissions there are gaps: %v", f.Gaps)
	}
	if calls := a.Calls(); !slices.Equal(calls, a.Allowed) {
		t.Errorf("called %v\nasked for %v", calls, a.Allowed)
	}
}

func TestEveryMissingActionIsAGap(t *testing.T) {
	for _, action := range collect.Actions(everything, "aws") {
		a := fakeaws.Panther()
		a.Denied = []string{action}
		f := read(t, a, nil)
		if action == "s3:GetObject" {
			// A head that is refused is the very answer that is asked for.
			if f.Objects[0].State != checks.StateForbidden {
				t.Errorf("%s: %+v", action, f.Objects)
			}
			continue
		}
		named := slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Action == action && g.Reason == failure.AccessDenied })
		if !named {
			t.Errorf("%s: no gap names it: %v", action, f.Gaps)
		}
	}
}

func TestEveryFaultIsAGapWithItsReason(t *testing.T) {
	for _, c := range []struct {
		fault  fakeaws.Fault
		action string
		reason string
		fact   string
	}{
		{fakeaws.Throttle, "sqs:ListQueues", failure.Throttled, "inventory"},
		{fakeaws.Throttle, "ec2:DescribeVpcs", failure.Throttled, "quotas"},
		{fakeaws.Cut, "organizations:DescribePolicy", failure.Network, "organizations.policies"},
		{fakeaws.Slow, "iam:ListRoles", failure.Timeout, "roles"},
		{fakeaws.Page, "dynamodb:ListTables", failure.Unparseable, "inventory"},
		{fakeaws.Page, "s3:ListAllMyBuckets", failure.Unparseable, "inventory"},
		{fakeaws.Page, "route53:ListHostedZones", failure.Unparseable, "dns.zones"},
		{fakeaws.Page, "cloudformation:DescribeStacks", failure.Unparseable, "cloudformation.stacks"},
		{fakeaws.Empty, "iam:GetRole", failure.Unparseable, "role"},
		{fakeaws.Empty, "organizations:DescribeOrganization", failure.Unparseable, "organizations.standing"},
		{fakeaws.Empty, "organizations:DescribePolicy", failure.Unparseable, "organizations.policies"},
		{fakeaws.Page, "cloudwatch:ListDashboards", failure.Unparseable, "inventory"},
	} {
		a := fakeaws.Panther()
		a.Faults = map[string]fakeaws.Fault{c.action: c.fault}
		f := read(t, a, func(o *collect.Options) { o.CallTimeout = 700 * time.Millisecond })
		found := slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return checks.Overlap(g.Fact, c.fact) && g.Reason == c.reason })
		if !found {
			t.Errorf("%s: want %s on %s, got %v", c.action, c.reason, c.fact, f.Gaps)
		}
	}
}

// A list that fails on its second page is not a shorter list.
func TestAPageThatFailsIsAGap(t *testing.T) {
	a := fakeaws.Panther()
	whole := a.Answers["ec2:DescribeVpcs"]
	a.Answers["ec2:DescribeVpcs"] = func(r fakeaws.Request) string {
		if r.Fields["NextToken"] != "" {
			return fakeaws.Fail("InternalError", "try again")
		}
		return whole(r)
	}
	f := read(t, a, nil)
	if !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return checks.Overlap(g.Fact, "quotas") }) {
		t.Errorf("gaps: %v, quotas: %v", f.Gaps, f.Quotas)
	}
}

func TestAMemberAccountMayNotReadPolicies(t *testing.T) {
	a := fakeaws.Panther()
	a.Denied = []string{"organizations:ListParents", "organizations:ListPoliciesForTarget", "organizations:DescribePolicy"}
	f := read(t, a, nil)
	if f.Organizations.Standing != checks.OrganizationMember {
		t.Errorf("what may be read is lost: %+v", f.Organizations)
	}
	if !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Fact == "organizations.policies" }) {
		t.Errorf("gaps: %v", f.Gaps)
	}
}

func TestAnAccountInNoOrganization(t *testing.T) {
	a := fakeaws.Panther()
	a.Answers["organizations:DescribeOrganization"] = func(fakeaws.Request) string {
		return fakeaws.Fail("AWSOrganizationsNotInUseException", "no organization")
	}
	if f := read(t, a, nil); f.Organizations.Standing != checks.OrganizationNone || len(f.Gaps) > 0 {
		t.Errorf("%+v %v", f.Organizations, f.Gaps)
	}
}

func TestOnlyWhatIsNeededIsCalled(t *testing.T) {
	a := fakeaws.Panther()
	f := read(t, a, func(o *collect.Options) { o.Needs = []string{"dns.records"} })
	for _, action := range a.Calls() {
		if service, _, _ := strings.Cut(action, ":"); !slices.Contains([]string{"sts", "cloudformation", "route53", "iam"}, service) {
			t.Errorf("%s is called for DNS records", action)
		}
	}
	if !slices.ContainsFunc(f.Absent, func(a checks.Absent) bool { return a.Fact == "inventory" }) {
		t.Errorf("what was left out passes for empty: %v", f.Absent)
	}
}

func TestNoCallIsMadeTwice(t *testing.T) {
	a := fakeaws.Panther()
	read(t, a, nil)
	// Roles: the caller's and the deployment role. Pages: two of VPCs. Parents,
	// policies, stacks and the rest differ by what they ask for.
	if calls := a.Count(); calls > 85 {
		t.Errorf("%d calls", calls)
	}
	one := fakeaws.Panther()
	read(t, one, func(o *collect.Options) { o.Needs = []string{"roles", "inventory", "quotas"} })
	for _, once := range []string{"iam:ListRoles", "s3:ListAllMyBuckets"} {
		if n := one.Made(once); n != 1 {
			t.Errorf("%s is called %d times", once, n)
		}
	}
}

func TestAnInterruptionStopsAtOnce(t *testing.T) {
	a := fakeaws.Panther()
	a.Faults = map[string]fakeaws.Fault{"cloudformation:DescribeStacks": fakeaws.Slow}
	ctx, cancel := context.WithCancel(context.Background())
	c := collect.New(options(a.Start(t)), facts())
	done := make(chan error, 1)
	go func() { done <- c.ReadStacks(ctx) }()
	time.Sleep(100 * time.Millisecond)
	cancel()
	select {
	case err := <-done:
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	case <-time.After(3 * time.Second):
		t.Error("the collection goes on after the interruption")
	}
}

func TestTheDeadlineLeavesGaps(t *testing.T) {
	a := fakeaws.Panther()
	a.Faults = map[string]fakeaws.Fault{"iam:ListRoles": fakeaws.Slow}
	ctx, cancel := context.WithTimeout(context.Background(), 500*time.Millisecond)
	defer cancel()
	f := facts()
	c := collect.New(options(a.Start(t)), f)
	if err := errors.Join(c.ReadStacks(ctx), c.ReadRest(ctx)); err != nil {
		t.Fatal(err)
	}
	if !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Fact == "roles" && g.Reason == failure.Timeout }) {
		t.Errorf("gaps: %v", f.Gaps)
	}
}
