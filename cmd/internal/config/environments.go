package config

import (
	"fmt"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/spelling"
)

// choose reads all sections, chosen or not, and puts the settings of the chosen
// one over the others.
func (c *Configuration) choose(n *yaml.Node, chosen string) error {
	if n == nil {
		n = &yaml.Node{Kind: yaml.MappingNode, Line: 1, Column: 1}
	}
	if n.Kind != yaml.MappingNode {
		return c.fail(n, "environments", "must be a map of names to flags")
	}
	var over []Setting
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i].Value
		section, err := c.section("environments."+name, n.Content[i+1])
		if err != nil {
			return err
		}
		c.Environments = append(c.Environments, name)
		if name == chosen {
			over = section
		}
	}
	c.environments = n
	if chosen != "" {
		if err := c.Has(chosen); err != nil {
			return err
		}
	}
	for _, s := range over {
		c.Settings = slices.DeleteFunc(c.Settings, func(before Setting) bool { return before.Key.Name == s.Key.Name })
		c.Settings = append(c.Settings, s)
	}
	return nil
}

// Has is the error of an environment that the file does not have.
func (c *Configuration) Has(environment string) error {
	if slices.Contains(c.Environments, environment) {
		return nil
	}
	hint := "; the file has none"
	if len(c.Environments) > 0 {
		hint = spelling.Hint(environment, c.Environments)
	}
	return c.fail(c.environments, "environments", fmt.Sprintf("there is no environment %q%s", environment, hint))
}

func (c *Configuration) section(path string, n *yaml.Node) ([]Setting, error) {
	switch {
	case n.Kind == yaml.AliasNode:
		return nil, c.fail(n, path, noAlias)
	case n.Kind != yaml.MappingNode:
		return nil, c.fail(n, path, "must be a map of flags")
	}
	var all []Setting
	for i := 0; i+1 < len(n.Content); i += 2 {
		s, err := c.setting(path+".", n.Content[i], n.Content[i+1])
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, nil
}

// Undecided is the error of a run that names no environment although only the
// sections say what is deployed: any of them would be a guess.
func (c *Configuration) Undecided() error {
	describes := func(s Setting) bool { return s.Key.Deployment }
	if len(c.Environments) == 0 || slices.ContainsFunc(c.Settings, describes) {
		return nil
	}
	return c.fail(c.environments, "environments", "only the environments say what is deployed; choose one with --environment: "+strings.Join(c.Environments, ", "))
}
