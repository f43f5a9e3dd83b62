package findings

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

// texts mentions places of the release in descriptions and metadata: those are
// for people, and are never touched.
func (s *scanner) texts(n *cfn.Node, inText bool) {
	for _, e := range n.Entries {
		s.texts(e.Value, inText || e.Key == "Description" || e.Key == "Metadata")
	}
	for _, item := range n.Items {
		s.texts(item, inText)
	}
	if !n.IsScalar() || !inText || !strings.Contains(n.Text, "s3") {
		return
	}
	for _, word := range strings.Fields(n.Text) {
		if loc, ok := s3url.Parse(strings.Trim(word, "()<>[]'\",.")); ok && s.p.IsOwnBucket(loc.Bucket) && loc.Bucket != s.p.Options.Bucket {
			s.add(n, "asset-in-text", "info", "a text for people still names "+word, "nothing, or change it in the source template")
			return
		}
	}
}
