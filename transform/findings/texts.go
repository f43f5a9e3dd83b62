package findings

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
)

// texts mentions places of the release in descriptions and metadata: those are
// for people, and are never touched.
func (s *scanner) texts(n *yaml.Node, inText bool) {
	for i, c := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 {
			continue
		}
		key := ""
		if n.Kind == yaml.MappingNode {
			key = n.Content[i-1].Value
		}
		s.texts(c, inText || key == "Description" || key == "Metadata")
	}
	if n.Kind != yaml.ScalarNode || !inText || !strings.Contains(n.Value, "s3") {
		return
	}
	for _, word := range strings.Fields(n.Value) {
		if loc, ok := s3url.Parse(strings.Trim(word, "()<>[]'\",.")); ok && s.p.IsOwnBucket(loc.Bucket) && loc.Bucket != s.p.Options.Bucket {
			s.add(n, "asset-in-text", "info", "a text for people still names "+word, "nothing, or change it in the source template")
			return
		}
	}
}
