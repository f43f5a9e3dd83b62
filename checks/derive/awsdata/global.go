package awsdata

import (
	_ "embed"
	"slices"
	"strings"
)

//go:embed global.txt
var globalText string

// globalPartitions are the columns of global.txt behind the service.
var globalPartitions = []string{"aws", "aws-cn", "aws-us-gov"}

// GlobalRegion is the region that a service of one endpoint answers from in a
// partition, or empty for a service of every region, and in a partition that
// nobody published it for.
func GlobalRegion(service, partition string) string {
	column := slices.Index(globalPartitions, partition)
	if column < 0 {
		return ""
	}
	for line := range strings.Lines(globalText) {
		if name, rest, _ := strings.Cut(strings.TrimSpace(line), " "); name == service {
			if region := strings.Fields(rest)[column]; region != "-" {
				return region
			}
			return ""
		}
	}
	return ""
}

// IsGlobal says whether a service has one endpoint in some partition.
func IsGlobal(service string) bool {
	return slices.ContainsFunc(globalPartitions, func(p string) bool { return GlobalRegion(service, p) != "" })
}
