package plan

import (
	"regexp"
)

// LayerAccounts are the accounts of the partition aws that publish layers of
// which another account publishes a twin in each China region.
var LayerAccounts = map[string]map[string]string{
	"580247275435": {"cn-north-1": "488211338238", "cn-northwest-1": "488211338238"}, // Lambda Insights
	"027255383542": {"cn-north-1": "615057806174", "cn-northwest-1": "615084187847"}, // AppConfig
}

// ManagedPolicies are those of AWS that have another name in China, or none.
var ManagedPolicies = map[string]string{
	"AWSXrayWriteOnlyAccess":         "AWSXRayDaemonWriteAccess",
	"AWSAppSyncPushToCloudWatchLogs": "",
	"AmazonCognitoPowerUser":         "",
	"AmazonCognitoReadOnly":          "",
	"AmazonSESFullAccess":            "",
	"AmazonSESReadOnlyAccess":        "",
}

// RegionName is the name of a region.
var RegionName = regexp.MustCompile(`^[a-z]{2}(?:-[a-z]+)+-\d$`)

// HostRegion is the region in the name of a host, or the variable for it.
const HostRegion = `(?:[a-z]{2}(?:-[a-z]+)+-\d|\$\{[^}]+\})`

// HostPlace is the region at the end of what stands before a host's suffix.
var HostPlace = regexp.MustCompile(`[.-](` + HostRegion + `)$`)
