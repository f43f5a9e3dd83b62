// Package release knows what a published Panther release is: which objects it
// reaches, found by reading its templates, and the manifest that proves them.
// It reads through a Source, makes no call of its own and writes nothing.
package release

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Version is a release's version as it stands in keys: v1.31.1.
type Version string

var version = regexp.MustCompile(`^v?((?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)(?:-[0-9A-Za-z][0-9A-Za-z.-]*)?)$`)

// ParseVersion reads v1.31.1 or 1.31.1.
func ParseVersion(text string) (Version, error) {
	m := version.FindStringSubmatch(text)
	if m == nil || strings.HasSuffix(m[1], ".") {
		return "", fmt.Errorf("%q is not a version such as v1.31.1", text)
	}
	return Version("v" + m[1]), nil
}

// Bare is the version without its v.
func (v Version) Bare() string { return strings.TrimPrefix(string(v), "v") }

// Prefix is where the release's own keys stand; all others are at the bucket's
// root, each named after its bytes, and shared between releases.
func (v Version) Prefix() string { return string(v) + "/" }

// Entry is the key of the template that is deployed.
func (v Version) Entry() string { return v.Prefix() + "panther.yml" }

// Proxy is the key of the web stack that stands in for China.
func (v Version) Proxy() string { return v.Prefix() + "proxy_panther.yml" }

// Manifest is the key of the release's own record of its objects.
func (v Version) Manifest() string { return v.Prefix() + "manifest.json" }

// Kind is what an object is to the release.
type Kind string

// The kinds of object.
const (
	Entry    Kind = "entry"
	Template Kind = "template"
	Asset    Kind = "asset"
	Extra    Kind = "extra" // it lies under the version and nothing refers to it
)

// Place is where a template says something.
type Place struct {
	Template     string
	Line, Column int
}

func (p Place) String() string { return fmt.Sprintf("%s:%d:%d", p.Template, p.Line, p.Column) }

// Reference is one mention of an object in a template.
type Reference struct {
	At     Place
	Text   string // as it is written, or as far as it could be resolved
	Bucket string // may hold ${...}; empty when it cannot be told
	Key    string
	// Slot says that a deployment fails without the object. A mention elsewhere,
	// such as in a policy, may be of something that is no asset.
	Slot     bool
	Template bool // CloudFormation reads the object as a template
	Local    bool // a path on the packager's disk: the template was never packaged
}

// Image is a container image, which S3 cannot carry.
type Image struct {
	URI string
	At  Place
}

// Release is what reading the templates has told.
type Release struct {
	Version    Version
	Templates  map[string][]byte // the bytes of every template read, by key
	Entries    []string          // keys of the entry templates that are there
	References []Reference
	Images     []Image
	Absent     []string // template keys that were asked for and are not there
	Declared   []Declaration
}

// Declaration is the version that an entry template says it is.
type Declaration struct {
	Version string
	At      Place
}

// Kinds tells what each referenced key is.
func (r *Release) Kinds() map[string]Kind {
	kinds := map[string]Kind{}
	for _, ref := range r.References {
		if kinds[ref.Key] == "" || ref.Template {
			kinds[ref.Key] = Asset
			if ref.Template {
				kinds[ref.Key] = Template
			}
		}
	}
	for _, key := range r.Entries {
		kinds[key] = Entry
	}
	return kinds
}

// ReferredBy lists where each key is mentioned, in order.
func (r *Release) ReferredBy() map[string][]string {
	places := map[string][]string{}
	for _, ref := range r.References {
		places[ref.Key] = append(places[ref.Key], ref.At.String())
	}
	for key, all := range places {
		slices.Sort(all)
		places[key] = slices.Compact(all)
	}
	return places
}

// Mixed lists the entry templates that say they are of another version.
func (r *Release) Mixed() []string {
	var mixed []string
	for _, d := range r.Declared {
		got, err := ParseVersion(strings.TrimSuffix(d.Version, "-china-web-proxy"))
		if err == nil && got != r.Version {
			mixed = append(mixed, fmt.Sprintf("%s: %s says that it is version %s, not %s", d.At, path.Base(d.At.Template), d.Version, r.Version.Bare()))
		}
	}
	return mixed
}
