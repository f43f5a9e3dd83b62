// Package config reads the configuration file of a run: where it is looked up,
// which keys it may hold, the sections for environments, and the waivers. What
// lies in a checkout is written by whoever wrote the checkout, so a
// configuration that was found holds less than one that the operator named. The
// package reads no flag and opens no file that a configuration names.
package config

import "slices"

// Class says which configurations may hold a key.
type Class int

const (
	// Found keys describe the deployment or the gate: every configuration may
	// hold them.
	Found Class = iota
	// Trusted keys need the command line, or a configuration that it names.
	Trusted
	// FlagOnly keys stand in no configuration.
	FlagOnly
)

// Kind says how the value of a key is read.
type Kind int

const (
	// Plain is a value that is no path.
	Plain Kind = iota
	// Path is a file or folder that is read.
	Path
	// Entry is an entry template: a path, or a URL.
	Entry
	// Format is the name of a format, with =FILE in trusted places.
	Format
	// Region becomes part of the host name that calls go to.
	Region
)

// Key is one flag of any command, as a configuration may name it.
type Key struct {
	Name  string
	Class Class
	Kind  Kind
	// Deployment keys say what is deployed, where and by whom; the other keys of
	// their class say how it is judged.
	Deployment bool
}

var deployment = []Key{
	{Name: "template", Kind: Entry},
	{Name: "release-dir", Kind: Path},
	{Name: "release"},
	{Name: "from"},
	{Name: "from-template", Kind: Entry},
	{Name: "from-parameters", Kind: Path},
	{Name: "parameters", Kind: Path},
	{Name: "parameter"},
	{Name: "stack-name"},
	{Name: "stack-tag"},
	{Name: "deployment-role"},
	{Name: "no-deployment-role"},
	{Name: "deployment-role-policy", Kind: Path},
	{Name: "partition"},
	{Name: "region", Kind: Region},
	{Name: "account"},
	{Name: "organization-id"},
	{Name: "scp-dir", Kind: Path},
	{Name: "phase"},
}

var gate = []Key{
	{Name: "offline"},
	{Name: "policy", Kind: Path},
	{Name: "release-matrix", Kind: Path},
	{Name: "only"},
	{Name: "skip"},
	{Name: "fail-on"},
	{Name: "allow-unknown"},
	{Name: "format", Kind: Format},
	{Name: "no-color"},
	{Name: "timeout"},
	{Name: "concurrency"},
}

// trusted names what is read beside the deployment, where results go, whose
// credentials are used and where calls are sent.
var trusted = []string{
	"action", "api-key-id", "boundary", "bucket", "cases", "china-profile", "china-region", "china-stack", "context",
	"details", "dir", "distribution-domain", "distribution-zone", "domain", "dry-run", "ecr-registry", "endpoint-url", "entry",
	"events", "facts", "from-bucket", "from-endpoint-url", "from-profile", "from-region", "hosted-zone",
	"identity-policy", "in", "include-extras", "interval", "key-prefix", "lost-env", "no-transform", "org-profile", "out", "output",
	"plan", "principal", "profile", "proxy", "proxy-profile", "proxy-region", "proxy-stack", "quiet", "redact", "remove",
	"resource", "role-stack-name", "ruleset", "secret-id", "source-bucket", "stall-timeout", "strict", "template-from", "template-to",
	"timings", "to", "to-bucket", "to-endpoint-url", "to-profile", "to-region", "verbose", "wait",
}

// flagOnly names what a person decides anew for every run.
var flagOnly = []string{
	"accept-altered", "all-environments", "config", "environment", "example", "force", "help", "no-descriptions", "overwrite", "type", "version", "yes",
}

// Keys are the keys of all commands, those of one class together.
func Keys() []Key {
	var all []Key
	for _, k := range deployment {
		k.Deployment = true
		all = append(all, k)
	}
	all = append(all, gate...)
	for _, name := range trusted {
		all = append(all, Key{Name: name, Class: Trusted})
	}
	for _, name := range flagOnly {
		all = append(all, Key{Name: name, Class: FlagOnly})
	}
	return all
}

// Lookup is the key of a name.
func Lookup(name string) (Key, bool) {
	all := Keys()
	i := slices.IndexFunc(all, func(k Key) bool { return k.Name == name })
	if i < 0 {
		return Key{}, false
	}
	return all[i], true
}

// namesUpTo are the keys that a configuration may hold, for hints.
func namesUpTo(c Class) []string {
	var names []string
	for _, k := range Keys() {
		if k.Class <= c {
			names = append(names, k.Name)
		}
	}
	return names
}
