package answer

import (
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/acm"
	acmtypes "github.com/aws/aws-sdk-go-v2/service/acm/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/lambda"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sqs"
)

func TestWhole(t *testing.T) {
	for name, tt := range map[string]struct {
		service, operation, id string
		output                 any
		whole                  bool
	}{
		"an empty list":             {"IAM", "ListRoles", "", &iam.ListRolesOutput{Roles: []iamtypes.Role{}}, true},
		"no list":                   {"IAM", "ListRoles", "id", &iam.ListRolesOutput{IsTruncated: true, Marker: aws.String("2")}, false},
		"an element of nothing":     {"IAM", "ListRoles", "id", &iam.ListRolesOutput{Roles: []iamtypes.Role{{}}}, false},
		"an element without a name": {"IAM", "ListRoles", "id", &iam.ListRolesOutput{Roles: []iamtypes.Role{{Arn: aws.String("a")}}}, false},
		"a certificate":             {"ACM", "DescribeCertificate", "", &acm.DescribeCertificateOutput{Certificate: &acmtypes.CertificateDetail{Status: acmtypes.CertificateStatusIssued}}, true},
		"one without a status":      {"ACM", "DescribeCertificate", "", &acm.DescribeCertificateOutput{Certificate: &acmtypes.CertificateDetail{DomainName: aws.String("a")}}, false},
		"none":                      {"ACM", "DescribeCertificate", "id", &acm.DescribeCertificateOutput{}, false},
		"no queues":                 {"SQS", "ListQueues", "id", &sqs.ListQueuesOutput{}, true},
		"no answer of SQS":          {"SQS", "ListQueues", "", &sqs.ListQueuesOutput{}, false},
		"nothing is reserved":       {"Lambda", "GetFunctionConcurrency", "id", &lambda.GetFunctionConcurrencyOutput{}, true},
		"an empty bucket":           {"S3", "ListObjectsV2", "", &s3.ListObjectsV2Output{Name: aws.String("b"), KeyCount: aws.Int32(0)}, true},
		"no bucket":                 {"S3", "ListObjectsV2", "id", &s3.ListObjectsV2Output{}, false},
		"an object":                 {"S3", "GetObject", "", &s3.GetObjectOutput{}, true},
		"what writes":               {"SQS", "DeleteQueue", "", &sqs.DeleteQueueOutput{}, true},
	} {
		if err := Whole(tt.service, tt.operation, tt.output, tt.id); (err == nil) != tt.whole {
			t.Errorf("%s: %v", name, err)
		}
	}
}
