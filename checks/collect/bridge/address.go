package bridge

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// Address is where the stage of a gateway answers. Only a gateway that was read
// in the account makes one, so that the key cannot be sent anywhere else.
type Address struct{ host string }

// String is the URL, as the console shows it.
func (a Address) String() string { return "https://" + a.host + "/" + Stage }

// Address is that of the gateway's stage.
func (g Gateway) Address(region string) Address {
	return Address{fmt.Sprintf("%s.execute-api.%s.amazonaws.com.cn", g.ID, region)}
}

// Named reports whether the id of the gateway makes the host name of a REST API:
// what answers in the place of AWS could lead elsewhere by it.
func (g Gateway) Named(region string) bool { return chinaHost.MatchString(g.Address(region).host) }

// chinaHost is the host of any REST API in AWS China.
var chinaHost = regexp.MustCompile(`^[a-z0-9-]+\.execute-api\.cn-(north|northwest)-1\.amazonaws\.com\.cn$`)

// Prove compares the URL of the secret with the gateways of the account. The
// state says what it is, and quotes nothing of it; only one that is a gateway's
// gives an address. known is false where the gateways could not be read.
func Prove(text Hidden, gateways []Gateway, known bool, region string) (Address, string) {
	u, state := parse(text.Reveal())
	if state != "" {
		return Address{}, state
	}
	host := strings.ToLower(u.Hostname())
	if !chinaHost.MatchString(host) {
		return Address{}, checks.URLOtherHost
	}
	path := u.EscapedPath()
	stage := path == "/"+Stage || path == "/"+Stage+"/"
	for _, g := range gateways {
		if g.Address(region).host != host {
			continue
		}
		if !stage {
			return Address{}, checks.URLOtherStage
		}
		return g.Address(region), checks.URLGateway
	}
	switch {
	case known:
		return Address{}, checks.URLOtherGateway
	case !stage:
		return Address{}, checks.URLOtherStage
	}
	return Address{}, checks.URLUnproved
}

// parse reads a URL that has a scheme, a host, a path and nothing else.
func parse(text string) (u *url.URL, state string) {
	if text != strings.TrimSpace(text) {
		return nil, checks.URLSpaces
	}
	u, err := url.Parse(text)
	switch {
	case err != nil, u.Hostname() == "", u.Opaque != "", strings.ContainsFunc(text+u.Host, func(r rune) bool { return r > '~' }):
		return nil, checks.URLInvalid // other letters, also percent-encoded ones, may turn into those of the host in lower case
	case u.Scheme != "https": // url.Parse writes it in lower case
		return nil, checks.URLNotHTTPS
	case u.User != nil:
		return nil, checks.URLUserInfo
	case strings.ContainsAny(text, "?#"):
		return nil, checks.URLQuery
	case u.Port() != "" && u.Port() != "443", strings.HasSuffix(u.Host, ":"):
		return nil, checks.URLPort
	}
	return u, ""
}
