package config

import (
	"bytes"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/spelling"
	"github.com/panther-preflight/panther-preflight/checks/waivers"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Configuration is what a file says for one run.
type Configuration struct {
	Source Source
	// Settings are those of the file with those of the chosen environment over
	// them, one a key.
	Settings []Setting
	Waivers  []waivers.Waiver
	// WaiversLine is where the waivers begin.
	WaiversLine int
	// Environments are the names of the sections, in the order of the file.
	Environments []string

	environments *yaml.Node
}

// Options are what is read of a configuration, and when.
type Options struct {
	Environment string
	Now         time.Time
}

// Read reads the text of a configuration. Its errors name file, line and key.
func Read(source Source, text []byte, o Options) (*Configuration, error) {
	c := &Configuration{Source: source}
	if saysNothing(text) {
		return c, c.choose(nil, o.Environment)
	}
	doc, err := yamldoc.Parse(source.Name, text)
	if err != nil {
		return nil, err
	}
	return c, c.read(doc.Root, o)
}

// saysNothing is true of a file in which every line is blank or a comment.
func saysNothing(text []byte) bool {
	for line := range bytes.Lines(bytes.TrimPrefix(text, []byte("\ufeff"))) {
		if line = bytes.TrimSpace(line); len(line) > 0 && line[0] != '#' {
			return false
		}
	}
	return true
}

func (c *Configuration) read(n *yaml.Node, o Options) error {
	if n.Kind != yaml.MappingNode {
		return c.fail(n, "", "the configuration is a map of flags, environments and waivers")
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		var err error
		switch {
		case value.Kind == yaml.AliasNode:
			err = c.fail(value, key.Value, noAlias)
		case key.Value == "environments":
			c.environments = value
		case key.Value == "waivers":
			c.WaiversLine = key.Line
			c.Waivers, err = waivers.Parse(c.Source.Name, value, o.Now)
		default:
			var s Setting
			if s, err = c.setting("", key, value, "environments", "waivers"); err == nil {
				c.Settings = append(c.Settings, s)
			}
		}
		if err != nil {
			return err
		}
	}
	return c.choose(c.environments, o.Environment)
}

// setting reads one key with its value. more are keys beside the flags that may
// stand where it stands.
func (c *Configuration) setting(prefix string, key, value *yaml.Node, more ...string) (Setting, error) {
	s := Setting{file: c.Source.Name, path: prefix + key.Value, line: key.Line, value: value}
	var err error
	if s.Key, err = c.allowed(prefix, key, more); err != nil {
		return s, err
	}
	switch {
	case value.Kind == yaml.AliasNode:
		return s, c.fail(value, s.path, noAlias)
	case value.Tag == "!!null":
		return s, c.fail(value, s.path, "has no value")
	case value.Kind == yaml.ScalarNode:
		s.Values = []string{value.Value}
	case value.Kind == yaml.SequenceNode:
		s.List = true
		for _, item := range value.Content {
			if item.Kind != yaml.ScalarNode {
				return s, c.fail(item, s.path, "must be a list of plain values")
			}
			s.Values = append(s.Values, item.Value)
		}
	default:
		return s, c.fail(value, s.path, "must be a plain value or a list of them")
	}
	return s, c.values(&s)
}

const noAlias = "YAML aliases and merge keys are not read in a configuration; write the value here"

// allowed finds the key, and refuses one that this configuration may not hold.
func (c *Configuration) allowed(prefix string, key *yaml.Node, more []string) (Key, error) {
	name := prefix + key.Value
	most := Trusted
	if c.Source.Found {
		most = Found
	}
	k, known := Lookup(key.Value)
	switch {
	case key.Value == "<<":
		return k, c.fail(key, name, noAlias)
	case !known:
		// A hint names nothing that would be refused in turn.
		return k, c.fail(key, name, "unknown key"+spelling.Hint(strings.ToLower(key.Value), slices.Concat(namesUpTo(most), more)))
	case k.Class == FlagOnly:
		return k, c.fail(key, name, "no configuration may set this; use the flag --"+k.Name+" on the command line")
	case k.Class > most:
		return k, c.fail(key, name, "a configuration that was found may not set this; use the flag --"+k.Name+
			" on the command line, or name the file with --config "+c.Source.Name)
	}
	return k, nil
}

func (c *Configuration) fail(n *yaml.Node, key, message string) error {
	return &yamldoc.Error{File: c.Source.Name, Line: n.Line, Column: n.Column, Key: key, Message: message}
}
