package safetext

import (
	"net/url"
	"strings"
)

// Link is an address that a page may link to: https, a host, no credentials,
// and nothing in it that ends where a link stands in a page.
func Link(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return "", false
	}
	if !plain(address) || strings.ContainsAny(address, " <>()[]{}|\\^`\"'") {
		return "", false
	}
	return address, true
}
