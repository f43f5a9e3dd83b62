package plan

import (
	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

// Model is the templates of a release, read and linked with those they nest.
// Order has the entry first; Reached are those that live stacks lead to, see
// Reach.
type Model struct {
	Release   Release
	Options   Options
	Sources   s3url.Set
	Templates map[string]*Template
	Order     []*Template
	Reached   []*Template
	Entry     *Template
}
