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
