package checks

// Bridge is the way from the proxy web app outside China to the backend in
// China: the API gateway, the secret that names it, and what answers behind it.
// It holds no key and no part of one; keys are compared where they are read.
type Bridge struct {
	// Asked says that the bridge was looked at: it takes the credentials of
	// both sides.
	Asked       bool   `json:"asked"`
	ChinaRegion string `json:"china_region"`
	ProxyRegion string `json:"proxy_region"`
	// Gateways are the REST APIs in China with the name of the bridge.
	Gateways []BridgeGateway `json:"gateways"`
	// Secrets is the secret in the proxy region, whether it exists or not.
	Secrets []BridgeSecret `json:"secrets"`
	// Keys are those of the usage plans of the bridge.
	Keys []BridgeKey `json:"keys"`
	// BackendUpdated is when the backend was deployed last; empty when that is
	// not known.
	BackendUpdated string `json:"backend_updated"`
	// Probes is the one request that was sent over the bridge.
	Probes   []BridgeProbe   `json:"probes"`
	Versions []BridgeVersion `json:"versions"`
}

// BridgeGateway is one REST API.
type BridgeGateway struct {
	ID     string       `json:"id"`
	Name   string       `json:"name"`
	Stages []string     `json:"stages"`
	Plans  []BridgePlan `json:"plans"`
}

// BridgePlan is a usage plan of a gateway's stage.
type BridgePlan struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Stage string `json:"stage"`
	// Enabled is how many of its keys are enabled.
	Enabled int `json:"enabled"`
}

// BridgeKey is one key of a usage plan, without its value.
type BridgeKey struct {
	ID      string `json:"id"`
	Name    string `json:"name"`
	Plan    string `json:"plan"`
	Enabled bool   `json:"enabled"`
	Created string `json:"created"`
	// InSecret says that it is the key of the secret: yes, no or unknown.
	InSecret string `json:"in_secret"`
}

// BridgeSecret says what the secret is like, without its value.
type BridgeSecret struct {
	ID     string `json:"id"`
	Exists bool   `json:"exists"`
	// JSON says that it is one JSON object; HasURL and HasKey that it has a
	// text under URL and API_KEY.
	JSON   bool `json:"json"`
	HasURL bool `json:"has_url"`
	HasKey bool `json:"has_key"`
	// Scheme, Host and Path are those of the URL.
	Scheme string `json:"scheme"`
	Host   string `json:"host"`
	Path   string `json:"path"`
}

// The answers that a probe can get.
const (
	ProbeJSON        = "json"
	ProbeRefused     = "refused"
	ProbeNotJSON     = "not json"
	ProbeUnreachable = "unreachable"
)

// BridgeProbe is the answer to one listIntegrations request.
type BridgeProbe struct {
	Host   string `json:"host"`
	Answer string `json:"answer"`
	Status int    `json:"status"`
	// Reason says why there was no answer.
	Reason string `json:"reason"`
}

// The sides of the bridge.
const (
	SideBackend = "backend"
	SideProxy   = "proxy"
)

// BridgeVersion is the version of one side, as its stack is tagged.
type BridgeVersion struct {
	Side    string `json:"side"`
	Stack   string `json:"stack"`
	Version string `json:"version"`
}
