package plan

import (
	"regexp"
)

// RegionName is the name of a region.
var RegionName = regexp.MustCompile(`^[a-z]{2}(?:-[a-z]+)+-\d$`)

// HostRegion is the region in the name of a host, or the variable for it.
const HostRegion = `(?:[a-z]{2}(?:-[a-z]+)+-\d|\$\{[^}]+\})`

// HostPlace is the region at the end of what stands before a host's suffix.
var HostPlace = regexp.MustCompile(`[.-](` + HostRegion + `)$`)
