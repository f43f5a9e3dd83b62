package template

import (
	"regexp"
	"strings"
)

var (
	amazonHost = regexp.MustCompile(`amazonaws\.com(?:\.cn)?$`)
	regionName = regexp.MustCompile(`\b(?:af|ap|ca|cn|eu|il|me|mx|sa|us(?:-gov|-iso[a-z]?)?)-(?:north|south|east|west|central|northeast|northwest|southeast|southwest)-[1-9]\b`)
)

// regionIn finds the name of a region in a host or bucket name.
func regionIn(text string) string { return regionName.FindString(text) }

func isRegion(text string) bool { return text != "" && regionIn(text) == text }

func suffixPartition(host string) string {
	if strings.HasSuffix(host, ".cn") {
		return "aws-cn"
	}
	return "aws"
}

// arn is an Amazon resource name taken apart. A part that is filled in at
// deployment is a star.
type arn struct{ partition, service, region, account, resource string }

func readARN(text string) (arn, bool) {
	parts := strings.SplitN(text, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" {
		return arn{}, false
	}
	return arn{parts[1], parts[2], parts[3], parts[4], parts[5]}, true
}
