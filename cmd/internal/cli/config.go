package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/waivers"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

const defaultConfig = ".panther-preflight.yml"

// notInConfig are the flags that only make sense on a command line.
var notInConfig = []string{"config", "environment", "help", "version", "example"}

// configuration is the configuration file: flags under their own names, the
// same again by environment, and waivers.
type configuration struct {
	file    string
	flags   []setting
	waivers []waivers.Waiver
}

// setting is one flag that the file gives a value.
type setting struct {
	name   string
	values []string
	node   *yaml.Node
}

// configure reads the configuration and sets the flags of the command that the
// command line left alone.
func (a *app) configure(cmd *cobra.Command) error {
	c, err := a.readConfig(cmd.Context(), cmd.Root())
	if err != nil || c == nil {
		return err
	}
	a.waivers = c.waivers
	for _, s := range c.flags {
		flag := cmd.Flags().Lookup(s.name)
		if flag == nil || flag.Changed {
			continue
		}
		if err := s.give(flag); err != nil {
			return c.fail(s.node, s.name, err.Error())
		}
	}
	return nil
}

// give sets a flag. Only a flag that may be repeated takes a list.
func (s setting) give(flag *pflag.Flag) error {
	if _, repeatable := flag.Value.(pflag.SliceValue); !repeatable && s.node.Kind == yaml.SequenceNode {
		return errors.New("takes one value, not a list")
	}
	for _, v := range s.values {
		if err := flag.Value.Set(v); err != nil {
			if flag.Value.Type() == "bool" {
				return fmt.Errorf("%q is neither true nor false", v)
			}
			return err
		}
	}
	return nil
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

func (a *app) readConfig(ctx context.Context, root *cobra.Command) (*configuration, error) {
	file := a.global.config
	if file == "" {
		file = defaultConfig
	}
	text, err := readInput(ctx, file)
	if errors.Is(err, fs.ErrNotExist) && a.global.config == "" {
		if a.global.environment != "" {
			return nil, usage(fmt.Errorf("--environment %s needs a configuration file; there is no %s here", a.global.environment, defaultConfig))
		}
		return nil, nil
	}
	if err != nil {
		return nil, usage(fmt.Errorf("read the configuration: %w", err))
	}
	c := &configuration{file: file}
	if saysNothing(text) {
		return c, c.environment(nil, a.global.environment, nil)
	}
	doc, err := yamldoc.Parse(file, text)
	if err != nil {
		return nil, err
	}
	return c, c.read(doc.Root, root, a)
}

func (c *configuration) read(n *yaml.Node, root *cobra.Command, a *app) error {
	if n.Kind != yaml.MappingNode {
		return c.fail(n, "", "the configuration is a map of flags, environments and waivers")
	}
	known := flagNames(root)
	var environments *yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		var err error
		switch key.Value {
		case "environments":
			environments = value
		case "waivers":
			c.waivers, err = waivers.Parse(c.file, value, a.Now())
		default:
			err = c.setting("", key, value, append(known, "environments", "waivers"))
		}
		if err != nil {
			return err
		}
	}
	return c.environment(environments, a.global.environment, known)
}

// environment puts the settings of the chosen section over the others, and
// checks all sections, chosen or not.
func (c *configuration) environment(n *yaml.Node, chosen string, known []string) error {
	if n == nil {
		n = &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	}
	if n.Kind != yaml.MappingNode {
		return c.fail(n, "environments", "must be a map of names to flags")
	}
	var names []string
	var over []setting
	for i := 0; i+1 < len(n.Content); i += 2 {
		name, section := n.Content[i].Value, n.Content[i+1]
		names = append(names, name)
		if section.Kind != yaml.MappingNode {
			return c.fail(section, "environments."+name, "must be a map of flags")
		}
		one := configuration{file: c.file}
		for j := 0; j+1 < len(section.Content); j += 2 {
			if err := one.setting("environments."+name+".", section.Content[j], section.Content[j+1], known); err != nil {
				return err
			}
		}
		if name == chosen {
			over = one.flags
		}
	}
	if chosen != "" && !slices.Contains(names, chosen) {
		return c.fail(n, "environments", fmt.Sprintf("there is no environment %q%s", chosen, didYouMean(chosen, names)))
	}
	for _, s := range over {
		c.flags = slices.DeleteFunc(c.flags, func(before setting) bool { return before.name == s.name })
		c.flags = append(c.flags, s)
	}
	return nil
}

func (c *configuration) setting(prefix string, key, value *yaml.Node, known []string) error {
	if !slices.Contains(known, key.Value) {
		return c.fail(key, prefix+key.Value, "unknown key"+didYouMean(key.Value, known))
	}
	s := setting{name: key.Value, node: value}
	switch {
	case value.Tag == "!!null":
		return c.fail(value, prefix+key.Value, "has no value")
	case value.Kind == yaml.ScalarNode:
		s.values = []string{value.Value}
	case value.Kind == yaml.SequenceNode:
		for _, item := range value.Content {
			if item.Kind != yaml.ScalarNode {
				return c.fail(item, prefix+key.Value, "must be a list of plain values")
			}
			s.values = append(s.values, item.Value)
		}
	default:
		return c.fail(value, prefix+key.Value, "must be a plain value or a list of them")
	}
	c.flags = append(c.flags, s)
	return nil
}

func (c *configuration) fail(n *yaml.Node, key, message string) error {
	return &yamldoc.Error{File: c.file, Line: n.Line, Column: n.Column, Key: key, Message: message}
}

// flagNames are the flags of all commands that a configuration may set.
func flagNames(root *cobra.Command) []string {
	var names []string
	for _, cmd := range allCommands(root) {
		add := func(f *pflag.Flag) {
			if !slices.Contains(names, f.Name) && !slices.Contains(notInConfig, f.Name) {
				names = append(names, f.Name)
			}
		}
		cmd.LocalFlags().VisitAll(add)
		cmd.PersistentFlags().VisitAll(add)
	}
	slices.Sort(names)
	return names
}
