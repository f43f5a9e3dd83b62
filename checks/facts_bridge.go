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
	// Unread is how many of its keys could not be read, so that it is not known
	// whether they are enabled.
	Unread int `json:"unread"`
}

// BridgeKey is one key of a usage plan, without its value.
type BridgeKey struct {
	ID   string `json:"id"`
	Name string `json:"name"`
	Plan string `json:"plan"`
	// Gateway is the id of the gateway whose stage the plan holds.
	Gateway string `json:"gateway"`
	Enabled bool   `json:"enabled"`
	// Created is empty where AWS does not say it.
	Created string `json:"created"`
	// InSecret says that it is the key of the secret: yes, no or unknown.
	InSecret string `json:"in_secret"`
	// Unread is why the key could not be read: whether it is enabled, and when
	// it was created, is not known then. It is empty where the key was read.
	Unread string `json:"unread"`
}

// What the URL of the secret can be.
const (
	URLGateway      = "gateway"       // that of a gateway of the account, stage prod
	URLUnproved     = "unproved"      // of that form, but the gateways could not be read
	URLInvalid      = "invalid"       // no URL
	URLSpaces       = "spaces"        // white space around it
	URLNotHTTPS     = "not https"     // another scheme
	URLUserInfo     = "user info"     // a user name or password before the host
	URLQuery        = "query"         // a query or a fragment
	URLPort         = "port"          // a port other than 443
	URLOtherHost    = "other host"    // no REST API in AWS China
	URLOtherGateway = "other gateway" // a REST API in AWS China that is not the bridge
	URLOtherStage   = "other stage"   // another path than /prod
)

// What the API key of the secret can be.
const (
	KeyText    = "text"    // what an API key can be
	KeyInvalid = "invalid" // white space, or characters that no header takes
)

// BridgeSecret says what the secret is like. Nothing of its content is in it:
// what a field holds may be another than its name says.
type BridgeSecret struct {
	ID     string `json:"id"`
	Exists bool   `json:"exists"`
	// Deleting says that the secret is scheduled for deletion.
	Deleting bool `json:"deleting"`
	// HasValue says that a version of it is current.
	HasValue bool `json:"has_value"`
	// JSON says that it is one JSON object; HasURL and HasKey that it has a
	// text under URL and API_KEY.
	JSON   bool `json:"json"`
	HasURL bool `json:"has_url"`
	HasKey bool `json:"has_key"`
	// URL says what the URL is: gateway, unproved, invalid, spaces, not https,
	// user info, query, port, other host, other gateway or other stage.
	URL string `json:"url"`
	// Key says what the API key is: text or invalid.
	Key string `json:"key"`
}

// The answers that a probe can get.
const (
	ProbeList        = "list"            // what listIntegrations returns
	ProbeForbidden   = "forbidden"       // API Gateway does not accept the key
	ProbeNoPath      = "no path"         // the stage has no such path
	ProbeDenied      = "denied"          // a resource policy or an authorizer refuses
	ProbeThrottled   = "throttled"       // a limit of the usage plan
	ProbeFunction    = "function error"  // the function behind the gateway failed
	ProbeGateway     = "gateway error"   // the gateway could not ask the function
	ProbeNull        = "null"            // JSON null
	ProbeOtherJSON   = "other json"      // JSON that is no list
	ProbeICP         = "icp block page"  // blocked for a missing ICP recordal
	ProbeNoICP       = "no icp recordal" // the account in China has none
	ProbePortal      = "captive portal"  // a network that wants a sign-in
	ProbeRedirect    = "redirect"        // leads elsewhere, and was not followed
	ProbeHTML        = "html"            // another page
	ProbeOther       = "other"           // anything else
	ProbeUnreachable = "unreachable"     // no answer
)

// BridgeProbe is the answer to one listIntegrations request.
type BridgeProbe struct {
	// Host is that of the gateway.
	Host   string `json:"host"`
	Answer string `json:"answer"`
	Status int    `json:"status"`
	// Reason says why there was no answer; it quotes nothing of one.
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
