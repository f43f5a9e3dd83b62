package template

import (
	"path"
	"slices"
	"strings"
)

// How the URL of a nested template is spelt. CloudFormation takes the first
// form only; a path is what packaging replaces.
const (
	formS3      = "s3_https"
	formPath    = "path"
	formURI     = "s3"
	formHTTP    = "http"
	formHost    = "other_host"
	formUnknown = "unknown"
)

// urlForm is the form of a TemplateURL. Where parts of it are not known, only
// what they cannot change is told.
func urlForm(v Value) string {
	if v.Kind != Literal && v.Kind != Pattern {
		return formUnknown
	}
	first := v.Parts()[0]
	scheme, rest, found := strings.Cut(first.Text, "://")
	switch {
	case first.Reason != "":
		return formUnknown
	case !found:
		return formPath
	case strings.EqualFold(scheme, "s3"):
		return formURI
	case strings.EqualFold(scheme, "http"):
		return formHTTP
	case !strings.EqualFold(scheme, "https"):
		return formHost
	}
	host, _, ended := strings.Cut(rest, "/")
	switch {
	case isS3Host(host):
		return formS3
	case !ended && v.Kind == Pattern:
		return formUnknown
	}
	return formHost
}

// isS3Host knows the hosts of S3 of every partition and style by their label.
func isS3Host(host string) bool {
	return slices.ContainsFunc(strings.Split(strings.ToLower(host), "."), func(label string) bool {
		return label == "s3" || strings.HasPrefix(label, "s3-")
	})
}

// published tells whether the entry template is that of a published release.
func (t *Tree) published() bool {
	name := t.root.body.Name
	folder, file := path.Split(name)
	return isURL(name) || (file == "panther.yml" || file == "proxy_panther.yml") && versionFolder.MatchString(path.Base(folder))
}
