package rewrite

import (
	"strings"
)

// prefixed are the interface endpoint services whose name begins with
// cn.com.amazonaws in both China regions; every other keeps com.amazonaws.
var prefixed = set(`application-autoscaling appmesh-envoy-management athena autoscaling awsconnector backup batch cassandra
	cloudcontrolapi cloudformation codedeploy-commands-secure databrew dms ebs ec2 ecr.api ecr.dkr eks elasticache
	elasticbeanstalk elasticfilesystem elasticfilesystem-fips emr-containers execute-api fsx imagebuilder iot.data
	kinesis-streams lambda license-manager monitoring rds redshift redshift-data s3 sagemaker.api
	sagemaker.featurestore-runtime sagemaker.runtime securityhub servicecatalog sms sqs states sts sync-states synthetics
	transcribe transcribestreaming transfer xray`)

// prefixedIn are those of one region only.
var prefixedIn = map[string]map[string]bool{
	"cn-north-1":     set("iotsitewise.api iotsitewise.data"),
	"cn-northwest-1": set("account polly workspaces"),
}

func set(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}
