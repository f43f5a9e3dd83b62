package derive

import (
	"fmt"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// TestPropertiesGiveTheirKeys: a condition on what a property says is decided by
// the property.
func TestPropertiesGiveTheirKeys(t *testing.T) {
	for name, tt := range map[string]struct{ kind, properties, action, condition, region, want string }{
		"an ACL as the API spells it":       {"AWS::S3::Bucket", "{AccessControl: PublicRead}", "s3:CreateBucket", `{"StringEquals":{"s3:x-amz-acl":"public-read"}}`, "", "certain"},
		"another ACL":                       {"AWS::S3::Bucket", "{AccessControl: LogDeliveryWrite}", "s3:CreateBucket", `{"StringEquals":{"s3:x-amz-acl":["public-read","public-read-write"]}}`, "", ""},
		"several words":                     {"AWS::S3::Bucket", "{AccessControl: BucketOwnerFullControl}", "s3:CreateBucket", `{"StringNotEquals":{"s3:x-amz-acl":"bucket-owner-full-control"}}`, "", ""},
		"no ACL":                            {"AWS::S3::Bucket", "{}", "s3:CreateBucket", `{"Null":{"s3:x-amz-acl":"true"}}`, "", "certain"},
		"an ACL that only deployment knows": {"AWS::S3::Bucket", "{AccessControl: !GetAtt X.Y}", "s3:CreateBucket", `{"StringEquals":{"s3:x-amz-acl":"public-read"}}`, "", "uncertain"},
		"object ownership":                  {"AWS::S3::Bucket", "{OwnershipControls: {Rules: [{ObjectOwnership: ObjectWriter}]}}", "s3:CreateBucket", `{"StringNotEquals":{"s3:x-amz-object-ownership":"BucketOwnerEnforced"}}`, "", "certain"},
		"the location":                      {"AWS::S3::Bucket", "{}", "s3:CreateBucket", `{"StringNotEquals":{"s3:LocationConstraint":"eu-west-1"}}`, "eu-central-1", "certain"},
		"the right location":                {"AWS::S3::Bucket", "{}", "s3:CreateBucket", `{"StringNotEquals":{"s3:LocationConstraint":"eu-west-1"}}`, "eu-west-1", ""},
		"an internal load balancer":         {"AWS::ElasticLoadBalancingV2::LoadBalancer", "{Scheme: internal}", "elasticloadbalancing:CreateLoadBalancer", `{"StringEquals":{"elasticloadbalancing:Scheme":"internet-facing"}}`, "", ""},
		"a default that may be sent":        {"AWS::ElasticLoadBalancingV2::LoadBalancer", "{}", "elasticloadbalancing:CreateLoadBalancer", `{"StringEquals":{"elasticloadbalancing:Scheme":"internet-facing"}}`, "", "uncertain"},
		"a default of another value":        {"AWS::ElasticLoadBalancingV2::LoadBalancer", "{}", "elasticloadbalancing:CreateLoadBalancer", `{"StringEquals":{"elasticloadbalancing:Scheme":"internal"}}`, "", ""},
		"a key spec that is not stated":     {"AWS::KMS::Key", "{}", "kms:CreateKey", `{"StringNotEquals":{"kms:KeySpec":"SYMMETRIC_DEFAULT"}}`, "", "uncertain"},
		"a listener's protocol":             {"AWS::ElasticLoadBalancingV2::Listener", "{Protocol: HTTP}", "elasticloadbalancing:CreateListener", `{"StringNotEquals":{"elasticloadbalancing:ListenerProtocol":"HTTPS"}}`, "", "certain"},
		"the bucket's account":              {"AWS::S3::Bucket", "{}", "s3:CreateBucket", `{"StringNotEquals":{"s3:ResourceAccount":"111122223333"}}`, "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			run := anInstall()
			run.Account = "111122223333"
			if tt.region != "" {
				run.Region = tt.region
			}
			n := derived(t, run, fmt.Sprintf("Resources:\n  R: {Type: %s, Properties: %s}", tt.kind, tt.properties))
			scp := policy(t, "p.json", iam.SCP, `{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"`+tt.action+`","Resource":"*","Condition":`+tt.condition+`}]}`)
			o, err := n.Organization([][]*iam.Policy{{policy(t, "full.json", iam.SCP, fullAccess), scp}}, nil)
			if err != nil {
				t.Fatal(err)
			}
			have := ""
			for _, d := range o.Denials {
				if have = "uncertain"; d.Certain {
					have = "certain"
				}
			}
			if have != tt.want {
				t.Errorf("have %q, want %q: %+v", have, tt.want, o.Denials)
			}
		})
	}
}
