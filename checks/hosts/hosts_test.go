package hosts

import (
	"strings"
	"testing"
)

func TestCounterparts(t *testing.T) {
	const beijing, ningxia = "cn-north-1", "cn-northwest-1"
	for _, c := range []struct{ region, head, want string }{
		{beijing, "sqs.${AWS::Region}", "sqs.${AWS::Region}.amazonaws.com.cn"},
		{beijing, "${Api}.execute-api.${AWS::Region}", "${Api}.execute-api.${AWS::Region}.amazonaws.com.cn"},
		{beijing, "*.execute-api.*", "*.execute-api.*.amazonaws.com.cn"},
		{beijing, "${Cluster.Id}.${AWS::Region}.es", "${Cluster.Id}.${AWS::Region}.es.amazonaws.com.cn"},
		{beijing, "${Service}.${AWS::Region}", "${Service}.${AWS::Region}.amazonaws.com.cn"},
		{beijing, "iam", "iam.cn-north-1.amazonaws.com.cn"},
		{ningxia, "iam", "iam.cn-north-1.amazonaws.com.cn"},
		{ningxia, "sts", "sts.cn-northwest-1.amazonaws.com.cn"},
		{beijing, "cognito-identity.${AWS::Region}", "cognito-identity.${AWS::Region}.amazonaws.com.cn"},
		{ningxia, "cognito-identity.${AWS::Region}", ""},
		{beijing, "cognito-idp.${AWS::Region}", ""},
		{beijing, "email-smtp.${AWS::Region}", ""},
		{beijing, "bedrock-runtime.${AWS::Region}", ""},
		{beijing, "sqs.us-east-1", ""},
		{beijing, "ec2", ""},
		{beijing, "awscli", ""},
		{beijing, "truststore.pki.rds", ""},
		{beijing, "packages.us-east-1", ""},
		{beijing, "downloads", ""},
	} {
		got := In(c.region, c.head)
		if got.Host != c.want {
			t.Errorf("%s in %s: %q, want %q", c.head, c.region, got.Host, c.want)
		}
		if got.Host == "" && got.Why == "" {
			t.Errorf("%s in %s: no counterpart, and no reason", c.head, c.region)
		}
		if got.Host == "" && !got.Public && !strings.HasSuffix(got.Instead, ".") {
			t.Errorf("%s in %s: what to do is %q", c.head, c.region, got.Instead)
		}
	}
	if !In(beijing, "checkip").Public {
		t.Error("checkip.amazonaws.com serves every partition")
	}
}

func TestBuckets(t *testing.T) {
	for bucket, want := range map[string]string{"${B}": "", "": "", "amazon-ssm-us-east-1": "s3.cn-north-1.amazonaws.com.cn/amazon-ssm-cn-north-1/", "acme": otherBucket} {
		c := S3("cn-north-1", bucket)
		if (c.Host == "") == (want == "") || !strings.Contains(c.Instead, want) {
			t.Errorf("bucket %q: %+v", bucket, c)
		}
	}
}

// TestRowsWithoutSource makes sure that no row comes without one.
func TestRowsWithoutSource(t *testing.T) {
	if _, err := parse(text); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"global | botocore | x | y", "source | a | x", "source | a | https://x\nhost | a | b | c"} {
		if _, err := parse(bad); err == nil {
			t.Errorf("%q is taken", bad)
		}
	}
}
