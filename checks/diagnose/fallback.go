package diagnose

// fallbacks say what to do where the caller knows no remediation of a check:
// a build with fewer policies still ends with advice.
var fallbacks = map[string]string{
	"PF-CHN-005": "Carry the whole release into your bucket in China, and deploy from there.",
	"PF-IAM-002": "Create the service-linked role, for ECS: aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com; then deploy again.",
	"PF-OLD-002": "Remove what is left of an earlier deployment, or of another one in this account and region; then deploy again.",
	"PF-QTA-001": "Request a higher quota, or free what is in use; then deploy again.",
	"PF-STK-002": "Bring the stack to a state that can be updated: delete it after ROLLBACK_COMPLETE, continue its rollback after UPDATE_ROLLBACK_FAILED.",
	"PF-TGT-002": "Check the URL, its region and version, and that the vendor has approved this account for the release's assets.",
}
