package release

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/transform/release/safekey"
)

// Manifest is the record that proves a release: every object with its SHA-256.
// It holds no time and no place of a machine, so that the same release gives
// the same bytes. It is never itself one of its objects.
type Manifest struct {
	SchemaVersion int      `json:"schema_version"`
	Release       Version  `json:"release"`
	Bucket        string   `json:"bucket,omitempty"` // where these objects are, or came from
	Objects       []Record `json:"objects"`
	Images        []string `json:"images,omitempty"`
}

// Record is one object of a manifest.
type Record struct {
	Key          string   `json:"key"`
	Size         int64    `json:"size"`
	SHA256       string   `json:"sha256"`
	ETag         string   `json:"etag,omitempty"`
	Kind         Kind     `json:"kind"`
	ReferencedBy []string `json:"referenced_by,omitempty"`
}

const manifestSchema = 1

// MaxManifest is the size of a manifest that is read: of 100,000 objects or more.
const MaxManifest = 64 << 20

// Marshal renders the manifest, its objects in key order.
func (m Manifest) Marshal() ([]byte, error) {
	m.SchemaVersion = manifestSchema
	slices.SortFunc(m.Objects, func(a, b Record) int { return strings.Compare(a.Key, b.Key) })
	text, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("render the manifest: %w", err)
	}
	return append(text, '\n'), nil
}

var digest = regexp.MustCompile(`^[0-9a-f]{64}$`)

// ParseManifest reads a manifest and refuses one that could not be trusted to
// prove anything: of another release, with an unsafe key, or without digests.
func ParseManifest(text []byte, v Version) (*Manifest, error) {
	var m Manifest
	if err := spelling(text); err != nil {
		return nil, fmt.Errorf("%s: %w", v.Manifest(), err)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return nil, fmt.Errorf("%s: %w", v.Manifest(), err)
	}
	if m.Objects == nil {
		return nil, fmt.Errorf("%s: it records no objects", v.Manifest())
	}
	if m.SchemaVersion != manifestSchema {
		return nil, fmt.Errorf("%s: schema_version %d is not %d", v.Manifest(), m.SchemaVersion, manifestSchema)
	}
	if m.Release != v {
		return nil, fmt.Errorf("%s: it is of release %q, not %s", v.Manifest(), m.Release, v)
	}
	var keys safekey.Set
	seen := map[string]bool{}
	for _, o := range m.Objects {
		if err := keys.Add(o.Key); err != nil {
			return nil, fmt.Errorf("%s: %w", v.Manifest(), err)
		}
		if !digest.MatchString(o.SHA256) || o.Size < 0 || seen[o.Key] {
			return nil, fmt.Errorf("%s: the record of %s is no proof of it", v.Manifest(), o.Key)
		}
		if !slices.Contains([]Kind{Entry, Template, Asset, Extra}, o.Kind) {
			return nil, fmt.Errorf("%s: the kind %q of %s is none of entry, template, asset, extra", v.Manifest(), o.Kind, o.Key)
		}
		seen[o.Key] = true
	}
	return &m, nil
}

// Records maps each key to its record.
func (m *Manifest) Records() map[string]Record {
	if m == nil {
		return nil
	}
	records := make(map[string]Record, len(m.Objects))
	for _, o := range m.Objects {
		records[o.Key] = o
	}
	return records
}

// Digests maps each key to its SHA-256.
func (m *Manifest) Digests() map[string]string {
	if m == nil {
		return nil
	}
	digests := make(map[string]string, len(m.Objects))
	for _, o := range m.Objects {
		digests[o.Key] = o.SHA256
	}
	return digests
}

// Extends tells whether the manifest says of every object of an older one what
// that one said: then it may take its place.
func (m *Manifest) Extends(older *Manifest) bool {
	mine := m.Digests()
	for _, o := range older.Objects {
		if mine[o.Key] != o.SHA256 {
			return false
		}
	}
	return true
}
