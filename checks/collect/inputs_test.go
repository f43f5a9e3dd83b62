package collect_test

import (
	"slices"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/collect/failure"
	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// What the account does not tell of a network is unread, not missing, and has a
// gap of its own.
func TestANetworkThatIsDenied(t *testing.T) {
	a := fakeaws.Panther()
	a.Denied = []string{"ec2:DescribeSubnets"}
	f := read(t, a, func(o *collect.Options) { o.Needs = []string{"network"} })
	for _, s := range f.Network.Subnets {
		if s.State != checks.StateUnread {
			t.Errorf("%+v", s)
		}
	}
	want := checks.Gap{Fact: "network.subnets[subnet-1]", Reason: failure.AccessDenied, Action: "ec2:DescribeSubnets"}
	if len(f.Network.Subnets) != 2 || !slices.Contains(f.Gaps, want) {
		t.Errorf("%+v %v", f.Network, f.Gaps)
	}
	if f.Network.VPCs[0].State != checks.StatePresent {
		t.Errorf("what was answered is lost: %+v", f.Network)
	}
}

// Only networks that a parameter names are asked for.
func TestNoNetworkIsAskedForWithoutAParameter(t *testing.T) {
	a := fakeaws.Panther()
	o := options(a.Start(t))
	o.Needs = []string{"network"}
	f := facts()
	f.Parameters = nil
	c := collect.New(o, f)
	if err := c.ReadStacks(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.ReadRest(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := a.Made("ec2:DescribeSubnets") + a.Made("ec2:DescribeSecurityGroups") + a.Made("ec2:DescribeVpcs"); n > 0 || len(f.Gaps) > 0 {
		t.Errorf("%d calls, %v", n, f.Gaps)
	}
}

// A list of deleted stacks that fails half-way may have left out the one that
// kept something.
func TestAHalfListOfDeletedStacksIsAGap(t *testing.T) {
	a := fakeaws.Panther()
	first := a.Answers["cloudformation:ListStacks"](fakeaws.Request{})
	a.Answers["cloudformation:ListStacks"] = func(r fakeaws.Request) string {
		if r.Fields["NextToken"] != "" {
			return fakeaws.Fail("InternalFailure", "try again")
		}
		return fakeaws.Result("ListStacks", first[len("<ListStacksResponse><ListStacksResult>"):len(first)-len("</ListStacksResult></ListStacksResponse>")]+"<NextToken>2</NextToken>")
	}
	f := read(t, a, func(o *collect.Options) { o.Needs = []string{"cloudformation.retained"} })
	if !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool { return g.Fact == "cloudformation.retained" }) || len(f.CloudFormation.Retained) > 0 {
		t.Errorf("%v %v", f.Gaps, f.CloudFormation.Retained)
	}
}

// What a deleted stack kept stands when it is listed, or when it can be read
// by its name; a type that nothing reads so is unread.
func TestWhatADeletedStackKept(t *testing.T) {
	a := fakeaws.Panther()
	a.Answers["s3:ListAllMyBuckets"] = func(fakeaws.Request) string {
		return "<ListAllMyBucketsResult><Buckets><Bucket><Name>old-data</Name></Bucket></Buckets></ListAllMyBucketsResult>"
	}
	a.Answers["cloudformation:GetResource"] = func(fakeaws.Request) string { return fakeaws.Fail("UnsupportedActionException", "no handler") }
	f := read(t, a, func(o *collect.Options) { o.Needs = []string{"cloudformation.retained"} })
	states := map[string]string{}
	for _, r := range f.CloudFormation.Retained {
		states[r.PhysicalID] = r.State
	}
	if states["old-data"] != checks.StatePresent || states["old-table"] != checks.StateUnread || len(f.Gaps) > 0 {
		t.Errorf("%v %v", states, f.Gaps)
	}
}

func TestTheReaderOfTheOrganizationIsNamed(t *testing.T) {
	f := read(t, fakeaws.Panther(), func(o *collect.Options) {
		other := o.Config.Copy()
		o.Organization = &other
	})
	if f.Organizations.Reader != fakeaws.AccountID {
		t.Errorf("%+v", f.Organizations)
	}
}

// china reads the bucket of a release in China.
func china(t *testing.T, a *fakeaws.Account) *checks.Facts {
	o := options(a.Start(t))
	o.Config.Region = "cn-north-1"
	o.Needs = []string{"bucket_access", "buckets", "objects"}
	f := facts()
	f.Run.Region, f.Run.Partition, f.Run.TemplateURL = "cn-north-1", "aws-cn", "s3://mine/v1.31.1/panther.yml"
	f.Release.Assets = []checks.Asset{{Kind: "code", Text: "s3://mine/code.zip", Bucket: "mine", Key: "code.zip", Exists: checks.ExistsYes}}
	c := collect.New(o, f)
	if err := c.ReadStacks(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := c.ReadRest(t.Context()); err != nil {
		t.Fatal(err)
	}
	return f
}

func TestThePolicyOfAChinaBucket(t *testing.T) {
	const policy = `{"Statement": []}`
	a := fakeaws.Panther()
	a.Answers["s3:GetBucketPolicy"] = func(fakeaws.Request) string { return policy }
	if f := china(t, a); len(f.BucketAccess) != 1 || !f.BucketAccess[0].Read || f.BucketAccess[0].Policy != policy {
		t.Errorf("%+v %v", f.BucketAccess, f.Gaps)
	}
	a = fakeaws.Panther()
	a.Answers["s3:GetBucketPolicy"] = func(fakeaws.Request) string { return fakeaws.Fail("NoSuchBucketPolicy", "none") }
	if f := china(t, a); len(f.BucketAccess) != 1 || !f.BucketAccess[0].Read || f.BucketAccess[0].Policy != "" {
		t.Errorf("%+v %v", f.BucketAccess, f.Gaps)
	}
	// Another account's bucket does not tell, and no action would change it.
	a = fakeaws.Panther()
	a.Denied = []string{"s3:GetBucketPolicy"}
	if f := china(t, a); len(f.BucketAccess) != 1 || f.BucketAccess[0].Read || len(f.Gaps) > 0 {
		t.Errorf("%+v %v", f.BucketAccess, f.Gaps)
	}
	a.Answers["s3:ListAllMyBuckets"] = func(fakeaws.Request) string {
		return "<ListAllMyBucketsResult><Buckets><Bucket><Name>mine</Name></Bucket></Buckets></ListAllMyBucketsResult>"
	}
	want := checks.Gap{Fact: "bucket_access[mine]", Reason: failure.AccessDenied, Action: "s3:GetBucketPolicy"}
	if f := china(t, a); !slices.Contains(f.Gaps, want) {
		t.Errorf("%+v %v", f.BucketAccess, f.Gaps)
	}
}

// TestTheRoutesOfExistingSubnets reads the table that a subnet has, the main one
// for any other, and what the subnets of the VPC take up.
func TestTheRoutesOfExistingSubnets(t *testing.T) {
	a := fakeaws.Panther()
	table := func(id, association, route string) string {
		return "<item><routeTableId>" + id + "</routeTableId><vpcId>vpc-1</vpcId><associationSet><item>" + association + "</item></associationSet><routeSet>" + route + "</routeSet></item>"
	}
	a.Answers["ec2:DescribeRouteTables"] = func(fakeaws.Request) string {
		return "<DescribeRouteTablesResponse><routeTableSet>" +
			table("rtb-main", "<main>true</main>", "<item><destinationCidrBlock>10.0.0.0/16</destinationCidrBlock><gatewayId>local</gatewayId><state>active</state></item>") +
			table("rtb-own", "<subnetId>subnet-1</subnetId>", "<item><destinationCidrBlock>0.0.0.0/0</destinationCidrBlock><natGatewayId>nat-1</natGatewayId><state>blackhole</state></item>") +
			"</routeTableSet></DescribeRouteTablesResponse>"
	}
	own := checks.DefaultRoute{Subnet: "subnet-1", Table: "rtb-own", Target: "nat-1", State: "blackhole"}
	f := read(t, a, func(o *collect.Options) { o.Needs = []string{"network"} })
	if !slices.Equal(f.Network.Routes, []checks.DefaultRoute{own}) {
		t.Errorf("%+v", f.Network.Routes)
	}
	if len(f.Network.Ranges) != 2 || f.Network.Ranges[0] != (checks.SubnetRange{VPC: "vpc-1", Subnet: "subnet-1", Range: "10.0.1.0/24"}) {
		t.Errorf("%+v", f.Network.Ranges)
	}
	a.Answers["ec2:DescribeSubnets"] = func(fakeaws.Request) string {
		return "<DescribeSubnetsResponse><subnetSet><item><subnetId>subnet-9</subnetId><vpcId>vpc-1</vpcId></item></subnetSet></DescribeSubnetsResponse>"
	}
	f = read(t, a, func(o *collect.Options) { o.Needs = []string{"network"} })
	if !slices.Equal(f.Network.Routes, []checks.DefaultRoute{{Subnet: "subnet-9", Table: "rtb-main"}}) {
		t.Errorf("%+v", f.Network.Routes)
	}
	a.Denied = []string{"ec2:DescribeRouteTables"}
	f = read(t, a, func(o *collect.Options) { o.Needs = []string{"network"} })
	if len(f.Network.Routes) > 0 || !slices.ContainsFunc(f.Gaps, func(g checks.Gap) bool {
		return g.Fact == "network.routes[subnet-9]" && g.Action == "ec2:DescribeRouteTables"
	}) {
		t.Errorf("%+v %v", f.Network.Routes, f.Gaps)
	}
}
