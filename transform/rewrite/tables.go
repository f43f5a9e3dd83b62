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

// zones are hosted zones of AWS services that aliases point into.
var (
	cloudFrontZone      = "Z2FDTNDATAQYW2"
	cloudFrontZoneChina = "Z3RFFRIM2A3IF5"
	websiteZone         = map[string]string{"cn-north-1": "Z5CN8UMXT92WN", "cn-northwest-1": "Z282HJ1KT0DH03"}
	websiteZones        = set(`Z3AQBSTGFYJSTF Z2O1EMRO9K5GLX Z2F56UZL2M1ACD Z3BJ6K6RIION7M Z11RGJOFQNVJUP Z3O0J2DXBE1FTB
		Z1WCIGYICN2BYD Z2M4EHUR26P7ZW Z3W03O7B5YMIYP Z21DNDUVLTQW6Q Z1BKCTXD74EZPE Z3GKZC51ZF0DB4 Z3R1K369G5AVDG
		Z7KQH4QJS55SO Z1QDHH18159H29 Z3BAZG2TWCNX0D`)
)

// albAccount is the account from which load balancers write their access logs;
// albEast is that of us-east-1, by which such a mapping is known.
var (
	albEast    = "127311923021"
	albAccount = map[string]string{"cn-north-1": "638102146993", "cn-northwest-1": "037604701340"}
)
