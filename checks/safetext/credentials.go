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
// such a one is signed with, or a URL or an address with a password.
func HasCredentials(text string) bool {
	return strings.ContainsAny(text, "=%") && signature.MatchString(text) ||
		strings.Contains(text, "://") && password.MatchString(text) ||
		strings.Contains(text, "%40") && encoded.MatchString(text) ||
		strings.Contains(text, "@") && strings.Contains(text, ":") && hideUserInfo(text) != text
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
	text = encoded.ReplaceAllString(text, "${1}(not shown)%40")
	return signature.ReplaceAllString(hideUserInfo(text), "${1}(not shown)")
}

// hideUserInfo hides user:password@ before a host where no scheme says that it
// is a URL, as in a connection string.
func hideUserInfo(text string) string {
	return userInfo.ReplaceAllStringFunc(text, func(found string) string {
		m := userInfo.FindStringSubmatch(found)
		if before, user, host := m[1], m[2], m[3]; !noUser.MatchString(user) {
			return before + "(not shown)@" + host
		}
		return found
	})
}

var (
	address  = regexp.MustCompile("(?i)[a-z][a-z0-9+.-]*://[^\\s\"'<>`]+")
	password = regexp.MustCompile(`(?i)[a-z][a-z0-9+.-]*://[^\s/"'<>?#@]*:[^\s/"'<>?#]*@|\bhttps?://[^\s/"'<>?#@]+@`)
	// encoded is the user and password of a URL that is part of another.
	encoded = regexp.MustCompile(`(?i)(%3a%2f%2f)[^\s"'<>&/@(]*?%3a[^\s"'<>&/@(]*?%40`)
	// userInfo has a host behind it, which is a name with a dot, an address, or
	// has a port, and not the digest of an image.
	userInfo = regexp.MustCompile("(?i)(^|/|[\\s\"'`=(,;<>|\\[\\]{}])" + `([a-z0-9._%+~-]+):[^\s/"'<>@]+@` + `((?:[a-z0-9-]+\.)+[a-z]{2,}\b|(?:\d{1,3}\.){3}\d{1,3}\b|[a-z0-9.-]+:\d+\b|localhost\b)`)
	// noUser begins what is before a colon and no user: an ARN, an address for
	// mail, the id of a role or user in aws:userid.
	noUser = regexp.MustCompile(`^(?i:arn|urn|mailto|sips?|sms|npm|pkg)$|^A(?:ROA|IDA|SIA|GPA)[A-Z0-9]*$`)
	// signature are the parameters of a presigned URL that let in whoever has
	// them, with their values: of S3 in both versions, of CloudFront, of other
	// stores with the same scheme.
	signature = regexp.MustCompile(`(?i)\b((?:x-(?:amz|goog)-(?:signature|security-token|credential)|signature|awsaccesskeyid|googleaccessid|key-pair-id|access_token|sig)(?:=|%3d))(?:[^\s"'<>&;,(][^\s"'<>&;,]*)`)
)
