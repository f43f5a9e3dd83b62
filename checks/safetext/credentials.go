package safetext

import (
	"regexp"
	"strings"
)

// WithoutCredentials is a URL without a password, and without what follows ?,
// where a presigned URL has its signature. The version of an object stays.
func WithoutCredentials(text string) string {
	scheme, rest, isURL := strings.Cut(text, "://")
	if !isURL {
		return text
	}
	rest, _, _ = strings.Cut(rest, "#")
	place, query, _ := strings.Cut(rest, "?")
	host, key, hasKey := strings.Cut(place, "/")
	if i := strings.LastIndex(host, "@"); i >= 0 {
		host = host[i+1:]
	}
	if hasKey {
		host += "/" + key
	}
	for part := range strings.SplitSeq(query, "&") {
		if strings.HasPrefix(part, "versionId=") && !HasCredentials(part) {
			host += "?" + part
			break
		}
	}
	return scheme + "://" + host
}

// HasCredentials says that a text holds a signature of a presigned URL, what
// such a one is signed with, or a URL with a password.
func HasCredentials(text string) bool {
	return strings.ContainsAny(text, "=%") && signature.MatchString(text) || strings.Contains(text, "://") && password.MatchString(text)
}

// HideCredentials is a text in which every URL with credentials is without
// them. A piece of such a URL, as in a value that a template joins, keeps the
// name of what it held.
func HideCredentials(text string) string {
	if !HasCredentials(text) {
		return text
	}
	text = address.ReplaceAllStringFunc(text, func(url string) string {
		if !HasCredentials(url) {
			return url
		}
		bare := strings.TrimRight(url, ".,;:!)]}")
		return WithoutCredentials(bare) + url[len(bare):]
	})
	return signature.ReplaceAllString(text, "${1}(not shown)")
}

var (
	address  = regexp.MustCompile("(?i)[a-z][a-z0-9+.-]*://[^\\s\"'<>`]+")
	password = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://[^\s/"'<>?#@]*:[^\s/"'<>?#]*@`)
	// signature are the parameters of a presigned URL that let in whoever has
	// them, with their values: of S3 in both versions, of CloudFront, of other
	// stores with the same scheme.
	signature = regexp.MustCompile(`(?i)\b((?:x-(?:amz|goog)-(?:signature|security-token|credential)|signature|awsaccesskeyid|googleaccessid|key-pair-id|access_token|sig)(?:=|%3d))(?:[^\s"'<>&;,(][^\s"'<>&;,]*)`)
)
