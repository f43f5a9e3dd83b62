package plan

import (
	"regexp"

	"github.com/panther-preflight/panther-preflight/checks/registry"
)

var partitionName = regexp.MustCompile(`^aws(-[a-z]+)*$`)

// ElsewhereRow tells whether the key of a mapping row is a region or partition
// other than AWS China: what the row holds is data for that one.
func ElsewhereRow(key string) bool {
	if partitionName.MatchString(key) {
		return key != "aws-cn"
	}
	return RegionName.MatchString(key) && !registry.IsChina(key)
}
