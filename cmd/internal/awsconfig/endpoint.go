package awsconfig

import (
	"fmt"
	"net/netip"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
)

// Endpoint is a URL that calls are sent to because somebody configured it.
type Endpoint struct {
	Service string // as the setting spells it; empty for all services
	URL     string
	Source  string // the setting
}

// Foreign are the configured endpoints that are not AWS's own: what answers
// there may say what it likes, and sees what is signed.
func Foreign(cfg aws.Config) []Endpoint {
	var all []Endpoint
	for _, e := range configured(cfg) {
		if u, err := url.Parse(e.URL); err == nil && !isAWS(u) {
			// A password in the URL is nobody's to see.
			u.User, u.RawQuery, u.Fragment = nil, "", ""
			e.URL = u.String()
			all = append(all, e)
		}
	}
	return all
}

const variable = "AWS_ENDPOINT_URL"

// configured are the endpoints of a configuration, by the precedence of the SDK:
// the command line stands alone, and the environment's for all services takes
// the place of the profile's.
func configured(cfg aws.Config) []Endpoint {
	o, env, shared := sources(cfg)
	if o.BaseEndpoint != "" {
		return []Endpoint{{URL: o.BaseEndpoint, Source: "the command line"}}
	}
	if ignored(env, shared) {
		return nil
	}
	var all []Endpoint
	if env.BaseEndpoint != "" {
		all = append(all, Endpoint{URL: env.BaseEndpoint, Source: variable})
	}
	for _, pair := range os.Environ() {
		name, value, _ := strings.Cut(pair, "=")
		if service, ok := strings.CutPrefix(name, variable+"_"); ok && value != "" {
			all = append(all, Endpoint{strings.ToLower(service), value, name})
		}
	}
	if env.BaseEndpoint == "" {
		all = append(all, ofProfile(shared)...)
	}
	slices.SortFunc(all, func(a, b Endpoint) int { return strings.Compare(a.Service, b.Service) })
	return slices.CompactFunc(all, func(a, b Endpoint) bool { return a.Service == b.Service }) // the first is the environment's
}

func ofProfile(shared config.SharedConfig) []Endpoint {
	var all []Endpoint
	source := "endpoint_url of profile " + shared.Profile
	if shared.BaseEndpoint != "" {
		all = append(all, Endpoint{URL: shared.BaseEndpoint, Source: source})
	}
	for service, values := range shared.Services.ServiceValues {
		if value := values["endpoint_url"]; value != "" {
			all = append(all, Endpoint{service, value, source})
		}
	}
	return all
}

func ignored(env config.EnvConfig, shared config.SharedConfig) bool {
	if env.IgnoreConfiguredEndpoints != nil {
		return *env.IgnoreConfiguredEndpoints
	}
	return shared.IgnoreConfiguredEndpoints != nil && *shared.IgnoreConfiguredEndpoints
}

// sources are what a configuration was made of.
func sources(cfg aws.Config) (o config.LoadOptions, env config.EnvConfig, shared config.SharedConfig) {
	for _, source := range cfg.ConfigSources {
		switch s := source.(type) {
		case config.LoadOptions:
			o = s
		case config.EnvConfig:
			env = s
		case config.SharedConfig:
			shared = s
		}
	}
	return o, env, shared
}

// usable refuses an endpoint that is no URL, and one that would have everything
// go over the network in the open.
func (e Endpoint) usable() error {
	u, err := url.Parse(e.URL)
	switch {
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return fmt.Errorf("the endpoint of %s is no https:// URL", e.Source)
	case u.Scheme == "http" && !IsLoopback(u.Hostname()):
		return fmt.Errorf("the endpoint http://%s of %s is not encrypted and not this machine: use https://, or 127.0.0.1, [::1] or localhost", u.Host, e.Source)
	}
	return nil
}

// IsLoopback says that a host is this machine by its name alone: a name that a
// server resolves may lead elsewhere the next time.
func IsLoopback(host string) bool {
	if strings.EqualFold(strings.TrimSuffix(host, "."), "localhost") {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

// ownHost is the host of a service of AWS, also behind a VPC endpoint. Hosts of
// customers (of a bucket, an API, a load balancer, an instance, an endpoint
// service) have more or other labels.
var ownHost = regexp.MustCompile(`^(?:vpce-[a-z0-9-]+\.)?[a-z0-9-]+(?:\.dualstack)?(?:\.[a-z]{2,4}(?:-[a-z]+)+-[0-9]+)?(?:\.vpce)?\.(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|api\.aws)$`)

func isAWS(u *url.URL) bool {
	host := strings.ToLower(u.Hostname())
	return u.Scheme == "https" && (u.Port() == "" || u.Port() == "443") && ownHost.MatchString(host) && !strings.Contains(host, ".vpce-svc-") && !strings.HasPrefix(host, "vpce-svc-")
}
