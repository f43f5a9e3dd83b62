package findings

import (
	"fmt"

	"github.com/panther-preflight/panther-preflight/transform/plan"
)

func (p *finder) addFinding(f plan.Finding) {
	key := fmt.Sprintf("%s %s %s %s", f.File, f.Path, f.Rule, f.Message)
	if !p.noted[key] {
		p.noted[key] = true
		p.found = append(p.found, f)
	}
}

// findingIDs are the checks that find the same.
var findingIDs = map[string]string{
	"unknown-type": "PF-CHN-001", "doubtful-type": "PF-CHN-001",
	"foreign-arn": "PF-CHN-003", "foreign-layer": "PF-CHN-005", "managed-policy": "PF-CHN-003", "hard-coded-region": "PF-CHN-002",
	"foreign-endpoint": "PF-CHN-004", "public-host": "PF-CHN-004", "foreign-vpc-endpoint": "PF-CHN-004",
	"foreign-s3-template": "PF-CHN-005", "foreign-s3-asset": "PF-CHN-005", "foreign-image": "PF-CHN-005", "access-point": "PF-CHN-005",
	"missing-asset": "PF-CHN-013", "website-host": "PF-CHN-005", "asset-in-text": "PF-CHN-005", "not-packaged": "PF-CHN-005",
	"mapping-without-row": "PF-CHN-006", "pattern-refuses-china": "PF-CHN-003",
	"edge-endpoint": "PF-CHN-002", "icp": "PF-CHN-002", "cloudfront": "PF-CHN-002", "property": "PF-CHN-002", "orphan": "PF-CHN-002",
}
