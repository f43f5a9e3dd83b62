// Package catalogue is what is known of the causes of failed deployments: one
// entry a cause, as data in the YAML files beside it, with the pattern that
// tells it, the check that foresees it, what to do, where that is documented,
// and real wordings. It compares a parsed reason with the patterns and words the
// advice; it reads no events.
package catalogue

import (
	"embed"
	"fmt"
	"sync"

	"go.yaml.in/yaml/v4"
)

//go:embed *.yaml
var files embed.FS

// order is that of the files: of two entries that match alike the first is
// meant, so that the special stands before the general.
var order = []string{"denied", "stacks", "names", "quotas", "network", "keys", "functions", "custom", "release", "parameters", "template", "service", "general"}

// Entry is one cause.
type Entry struct {
	ID string `yaml:"id"`
	// Cause says what happened, as a sentence without its full stop.
	Cause string `yaml:"cause"`
	When  []When `yaml:"when"`
	// Check foresees the cause. Planned is one that is to, and does not yet.
	Check   string   `yaml:"check"`
	Planned string   `yaml:"planned"`
	Related []string `yaml:"related"`
	Advice  string   `yaml:"advice"`
	Source  string   `yaml:"source"`
	// General entries are tried last: they only know CloudFormation's own code.
	General  bool      `yaml:"general"`
	Wordings []Wording `yaml:"wordings"`
}

// Wording is a reason as AWS words it, with what the event says beside it. It is
// shown on the page of the check, and the entry's test.
type Wording struct {
	Reason string `yaml:"reason"`
	Type   string `yaml:"type"`
	Region string `yaml:"region"`
	Status string `yaml:"status"`
	Stack  string `yaml:"stack"`
}

var load = sync.OnceValues(func() ([]Entry, error) {
	var all []Entry
	for _, name := range order {
		text, err := files.ReadFile(name + ".yaml")
		if err != nil {
			return nil, fmt.Errorf("read the causes: %w", err)
		}
		var some []Entry
		if err := yaml.Load(text, &some, yaml.WithKnownFields()); err != nil {
			return nil, fmt.Errorf("read the causes in %s.yaml: %w", name, err)
		}
		all = append(all, some...)
	}
	for i := range all {
		for j := range all[i].When {
			if err := all[i].When[j].compile(); err != nil {
				return nil, fmt.Errorf("read the cause %s: %w", all[i].ID, err)
			}
		}
	}
	return all, nil
})

// Entries are all causes, in the order in which they are tried.
func Entries() ([]Entry, error) { return load() }
