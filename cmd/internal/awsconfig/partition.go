package awsconfig

import (
	"fmt"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"

	"github.com/panther-preflight/panther-preflight/checks/arn"
)

// prefixes are the regions of the partitions beside aws, by their names.
var prefixes = []struct{ region, partition string }{
	{"cn-", "aws-cn"}, {"us-gov-", "aws-us-gov"}, {"us-isob-", "aws-iso-b"}, {"us-isof-", "aws-iso-f"}, {"eu-isoe-", "aws-iso-e"},
	{"us-iso-", "aws-iso"}, {"eusc-", "aws-eusc"},
}

func partitionOf(region string) string {
	for _, p := range prefixes {
		if strings.HasPrefix(region, p.region) {
			return p.partition
		}
	}
	if region == "" {
		return ""
	}
	return "aws"
}

// partitionOfHost is that of a host of AWS; empty for any other.
func partitionOfHost(host string) string {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	switch {
	case within(host, "amazonaws.com.cn"), within(host, "api.amazonwebservices.com.cn"):
		return "aws-cn"
	case within(host, "amazonaws.eu"):
		return "aws-eusc"
	case !within(host, "amazonaws.com") && !within(host, "api.aws"):
		return ""
	}
	for label := range strings.SplitSeq(host, ".") {
		if strings.HasPrefix(label, "us-gov-") {
			return "aws-us-gov"
		}
	}
	return "aws"
}

func within(host, domain string) bool { return host == domain || strings.HasSuffix(host, "."+domain) }

// agree refuses credentials that the configuration says are of another
// partition than the region: they would be sent, signed or whole, to where they
// mean nothing.
func agree(cfg aws.Config, profileNamed bool) error {
	_, env, shared := sources(cfg)
	partition, why := credentialsOf(env, shared, profileNamed)
	if region := partitionOf(cfg.Region); partition != "" && region != "" && partition != region {
		return fmt.Errorf("the credentials are of partition %s (%s), the region %s is of %s: give the profile or the region of one partition", partition, why, cfg.Region, region)
	}
	return nil
}

// credentialsOf is the partition of the credentials that the SDK will choose, as
// far as the configuration says it, and what says it.
func credentialsOf(env config.EnvConfig, shared config.SharedConfig, profileNamed bool) (partition, why string) {
	switch {
	case !profileNamed && env.Credentials.HasKeys():
		return "", ""
	case !profileNamed && env.WebIdentityTokenFilePath != "":
		return partitionOfARN(env.RoleARN), "AWS_ROLE_ARN"
	case shared.RoleARN != "":
		return partitionOfARN(shared.RoleARN), "role_arn of profile " + shared.Profile
	case shared.SSOSession != nil && shared.SSOSession.SSORegion != "":
		return partitionOf(shared.SSOSession.SSORegion), "sso_region of profile " + shared.Profile
	case shared.SSORegion != "":
		return partitionOf(shared.SSORegion), "sso_region of profile " + shared.Profile
	case shared.Credentials.HasKeys():
		return partitionOf(shared.Region), "region of profile " + shared.Profile
	}
	return "", ""
}

func partitionOfARN(text string) string {
	a, ok := arn.Head(text)
	if !ok {
		return ""
	}
	return a.Partition
}
