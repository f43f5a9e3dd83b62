package transform

import (
	"strings"

	"go.yaml.in/yaml/v4"
)

// dropped plans the deletion of an entry or item and says what it means where
// that is not plain.
func (w *walk) dropped(out *outcome, n *yaml.Node, path string, c *cause) {
	w.drop(out, n, c)
	w.edit(out, func() {
		for _, name := range variablesIn(n, path) {
			w.p.warn(w.t, n, "lost-variable", "environment variable %s goes: a program that requires it will not start (%s)", name, root(c.reason))
		}
		switch {
		case isEncryption(path) || encrypts(n):
			w.p.addWarning(Warning{Rule: "lost-encryption", High: true, File: w.t.file, Path: w.t.path(n), Line: n.Line,
				Message: "the key for encryption at rest goes; what the service does without one holds: " + root(c.reason)})
		case strings.HasSuffix(path, "/Layers") || strings.HasSuffix(path, "/Layers/*"):
			w.p.warn(w.t, n, "lost-layer", "a layer goes; if the function needs it, publish it in China and name that: %s", root(c.reason))
		case strings.HasPrefix(path, "/AWS::CloudFormation::Init"):
			w.p.warn(w.t, n, "lost-init", "part of the instance's start-up configuration goes: %s", root(c.reason))
		}
	})
}

// variablesIn are the environment variables that go with n.
func variablesIn(n *yaml.Node, path string) []string {
	var names []string
	switch {
	case isVariable(path):
		return []string{lastStep(path)}
	case strings.HasSuffix(path, "/Environment/*"):
		if name, ok := literal(get(n, "Name")); ok {
			names = append(names, name)
		}
	case strings.HasSuffix(path, "/Environment") && n.Kind == yaml.SequenceNode:
		for _, pair := range n.Content {
			names = append(names, variablesIn(pair, path+"/*")...)
		}
	case strings.HasSuffix(path, "/Environment"):
		n = get(n, "Variables")
		fallthrough
	case strings.HasSuffix(path, "/Environment/Variables"):
		each(n, func(key, _ *yaml.Node) { names = append(names, key.Value) })
	}
	return names
}

// isVariable tells whether path is one environment variable of a function.
func isVariable(path string) bool {
	i := strings.LastIndexByte(path, '/')
	return i > 0 && strings.HasSuffix(path[:i], "/Environment/Variables")
}

func lastStep(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// isEncryption tells whether the last step of path names a key of encryption
// at rest.
func isEncryption(path string) bool {
	name := strings.ToLower(lastStep(path))
	return strings.Contains(name, "kms") || name == "encryptionkey" || name == "encryptionconfiguration"
}

// encrypts tells whether something below n names such a key.
func encrypts(n *yaml.Node) bool {
	for i, c := range n.Content {
		key := n.Kind == yaml.MappingNode && i%2 == 0
		if key && !strings.Contains(c.Value, ":") && isEncryption("/"+c.Value) || !key && encrypts(c) {
			return true
		}
	}
	return false
}

// lostVariable empties a lost environment variable instead of dropping it,
// where the operator wants that.
func (w *walk) lostVariable(out *outcome, n *yaml.Node, path string, c *cause) bool {
	if w.p.options.LostEnv != "empty" || !isVariable(path) {
		return false
	}
	w.emptied(out, n, c)
	return true
}

// lostPair does the same for the Name and Value of a container's variable.
func (w *walk) lostPair(out *outcome, n *yaml.Node, path string, c *cause) bool {
	value := get(n, "Value")
	if w.p.options.LostEnv != "empty" || value == nil || !strings.HasSuffix(path, "/Environment") {
		return false
	}
	w.emptied(out, value, c)
	return true
}

func (w *walk) emptied(out *outcome, n *yaml.Node, c *cause) {
	w.edit(out, func() {
		w.t.edits.Replace(n, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.SingleQuotedStyle})
		w.p.change(w.t, n, "empty", c.rule, c.reason)
	})
}
