package helpertemplates

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/awslabs/goformation/v7/cloudformation/iam"
	"github.com/awslabs/goformation/v7/cloudformation/tags"
)

// maxInline is how long the inline policies of a role may be, without spaces.
const maxInline = 10240

// PreflightRole is a role that may do exactly what the policy document says.
// The document is that of one partition; the role works in that one only.
func PreflightRole(document []byte) ([]byte, error) {
	var policy any
	if err := json.Unmarshal(document, &policy); err != nil {
		return nil, fmt.Errorf("read the policy: %w", err)
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, document); err != nil {
		return nil, fmt.Errorf("read the policy: %w", err)
	}
	if compact.Len() > maxInline {
		return nil, fmt.Errorf("the policy has %d characters, more than the %d of a role's inline policies: choose checks with --only", compact.Len(), maxInline)
	}
	role := &iam.Role{
		RoleName:    pointer(ref("RoleName")),
		Description: pointer("May read what panther-preflight checks, and write nothing."),
		AssumeRolePolicyDocument: map[string]any{
			"Version": "2012-10-17",
			"Statement": []any{map[string]any{
				"Effect":    "Allow",
				"Principal": map[string]any{"AWS": sub("arn:${AWS::Partition}:iam::${TrustedAccountId}:root")},
				"Action":    "sts:AssumeRole",
			}},
		},
		Policies: []iam.Role_Policy{{PolicyName: "PantherPreflight", PolicyDocument: json.RawMessage(document)}},
		Tags:     []tags.Tag{{Key: "Application", Value: "panther-preflight"}},
	}
	return render("Read-only role for panther-preflight check.", []parameter{
		{name: "RoleName", kind: "String", description: "Name of the role", preset: "PantherPreflightRole"},
		{name: "TrustedAccountId", kind: "String", description: "Account whose administrators decide who may assume the role"},
	}, []resource{{id: "PreflightRole", typed: role, output: "RoleArn"}})
}
