package carry

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// Terms are what is said of a release beside where it is.
type Terms struct {
	Own    s3url.Set // buckets whose references are the release's own, by pattern
	Also   []string  // more of them, by name
	Accept []string  // keys of objects that are taken although they are hashes of other bytes
	Extras bool      // take what a folder holds under the version and its manifest does not record
}

// with adds the buckets at both ends.
func (t Terms) with(sides ...Side) Terms {
	t.Also = slices.Clone(t.Also)
	for _, s := range sides {
		if s.Bucket != "" {
			t.Also = append(t.Also, s.Bucket)
		}
	}
	return t
}

func (t Terms) accepts(key string) bool { return slices.Contains(t.Accept, key) }

// owner tells the release's own buckets: those of the terms, and the one that
// the manifest names, which is asked for when the first reference is there.
type owner struct {
	terms    Terms
	manifest func() *release.Manifest
}

// told are the variables that every bucket's name may have in the place of what
// the account and the region are.
var told = regexp.MustCompile(`\$\{AWS::(?:Region|AccountId|Partition|URLSuffix)\}`)

// Match implements release.Owner.
func (o owner) Match(bucket string) bool {
	if o.terms.Own.Match(bucket) {
		return true
	}
	names := o.terms.Also
	if m := o.manifest(); m != nil && m.Bucket != "" {
		names = append(slices.Clone(names), m.Bucket)
	}
	if !told.MatchString(bucket) {
		return slices.Contains(names, bucket)
	}
	parts := told.Split(bucket, -1)
	for i := range parts {
		parts[i] = regexp.QuoteMeta(parts[i])
	}
	pattern, err := regexp.Compile("^" + strings.Join(parts, "[a-z0-9.-]+") + "$")
	return err == nil && slices.ContainsFunc(names, pattern.MatchString)
}

// accepted says which objects were taken without the hash in their key.
func (s *survey) accepted() []string {
	var said []string
	there := s.keys()
	for _, key := range s.terms.Accept {
		text := fmt.Sprintf("%s: the hash in its key was not compared, as --accept-altered says", s3copy.Quoted(key))
		if !slices.Contains(there, key) {
			text = fmt.Sprintf("--accept-altered %s: the release has no such object", s3copy.Quoted(key))
		}
		said = append(said, text)
	}
	return said
}
