package release

import (
	"slices"
	"strings"
)

// Absence is an object that the release needs and that is not there.
type Absence struct {
	Key          string   `json:"key"`
	Reason       string   `json:"reason"`
	ReferencedBy []string `json:"referenced_by"`
}

// Inventory is the outcome of looking for what the templates refer to.
type Inventory struct {
	Keys    []string  // referenced and there, the entries too, in order
	Missing []Absence // needed and not there
	Foreign []Reference
	Buckets []string // that the release's own references name, as far as they are literal
}

// Inventory sorts the references by whether their objects are there. A
// reference to something that is not there is the release's own, and missing,
// when its bucket is one of the release's; otherwise it is foreign: another
// bucket's object, which no copy of this release carries. A release's buckets
// are the given ones and those of which an object is there.
func (r *Release) Inventory(own Owner, there func(key string) bool) Inventory {
	home := map[string]bool{}
	for _, ref := range r.References {
		if !ref.Local && there(ref.Key) {
			home[ref.Bucket] = true
		}
	}
	inv := Inventory{Keys: slices.Clone(r.Entries)}
	for _, key := range r.Absent {
		if key == r.Version.Entry() {
			inv.Missing = append(inv.Missing, Absence{Key: key, Reason: "the entry template is not there", ReferencedBy: []string{}})
		}
	}
	seen, places := map[string]bool{}, r.ReferredBy()
	for _, ref := range r.References {
		switch {
		case ref.Local:
			inv.Missing = append(inv.Missing, Absence{Key: ref.Key, Reason: "not packaged: a path, not a place in S3", ReferencedBy: []string{ref.At.String()}})
		case there(ref.Key):
			inv.Keys = append(inv.Keys, ref.Key)
		case !own.Match(ref.Bucket) && !home[ref.Bucket]:
			inv.Foreign = append(inv.Foreign, ref)
		case !seen[ref.Key]:
			seen[ref.Key] = true
			inv.Missing = append(inv.Missing, Absence{Key: ref.Key, Reason: "not there", ReferencedBy: places[ref.Key]})
		}
	}
	for bucket := range home {
		if bucket != "" && !strings.Contains(bucket, "${") {
			inv.Buckets = append(inv.Buckets, bucket)
		}
	}
	slices.Sort(inv.Buckets)
	slices.Sort(inv.Keys)
	inv.Keys = slices.Compact(inv.Keys)
	return inv
}
