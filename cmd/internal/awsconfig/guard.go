package awsconfig

import (
	"net/http"
	"net/netip"
	"net/url"
)

// guard looks at every request before a connection is made for it, whoever makes
// it: the clients of services, those that fetch credentials, and what follows a
// redirect. It stands in the transport's place for choosing a proxy, which is
// the one that the SDK asks for all of these.
type guard struct {
	partition string // of the region; empty until it is known
}

// Refused is a request that was not sent. It is not tried again.
type Refused struct{ Reason string }

func (e *Refused) Error() string { return e.Reason }

// RetryableError tells the SDK that the answer will be the same.
func (e *Refused) RetryableError() bool { return false }

// NotSent says to who classifies errors that nothing was asked.
func (e *Refused) NotSent() string { return e.Reason }

func (g *guard) proxy(r *http.Request) (*url.URL, error) {
	if reason := g.refuse(r); reason != "" {
		return nil, &Refused{reason}
	}
	return http.ProxyFromEnvironment(r)
}

func (g *guard) refuse(r *http.Request) string {
	host, secret := r.URL.Hostname(), carriesSecret(r)
	if from := r.Response; from != nil && from.Request != nil && from.Request.URL.Host != r.URL.Host {
		switch {
		case secret, r.Method != http.MethodGet && r.Method != http.MethodHead:
			return "the answer of " + from.Request.URL.Host + " leads to " + r.URL.Host + ", where a signed request is not sent"
		case r.URL.Scheme != "https": // also to this machine: its services are nobody else's to ask
			return "the answer of " + from.Request.URL.Host + " leads to http://" + r.URL.Host
		}
	}
	if r.URL.Scheme != "https" && !IsLoopback(host) && !isMetadata(host) {
		return "a request to http://" + r.URL.Host + " would not be encrypted"
	}
	if other := partitionOfHost(host); secret && g.partition != "" && other != "" && other != g.partition {
		return "credentials of partition " + g.partition + " are not sent to " + host + " in " + other
	}
	return ""
}

// carriesSecret says that a request is signed, or holds a token.
func carriesSecret(r *http.Request) bool {
	for _, header := range []string{"Authorization", "X-Amz-Security-Token", "X-Amz-Sso_bearer_token"} {
		if r.Header.Get(header) != "" {
			return true
		}
	}
	return r.URL.Query().Has("X-Amz-Signature")
}

// isMetadata knows the addresses inside an instance or a container where AWS
// hands out credentials, which have no certificate.
func isMetadata(host string) bool {
	address, err := netip.ParseAddr(host)
	return err == nil && (address.Unmap().IsLinkLocalUnicast() || containers.Contains(address))
}

var containers = netip.MustParsePrefix("fd00:ec2::/32")
