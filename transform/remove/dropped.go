package remove

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// dropped plans the deletion of an entry or item and says what it means where
// that is not plain.
func (w *refChecker) dropped(out *outcome, n *cfn.Node, path string, c *plan.Cause) {
	w.drop(out, n, c)
	w.edit(out, func() {
		for _, name := range variablesIn(n, path) {
			w.p.Warn(w.t, n, "lost-variable", "environment variable %s goes: a program that requires it will not start (%s)", name, root(c.Reason))
		}
		switch {
		case isEncryption(path) || encrypts(n):
			w.p.AddWarning(plan.Warning{Rule: "lost-encryption", High: true, File: w.t.File, Path: w.t.Path(n), Line: n.Pos.Line,
				Message: "the key for encryption at rest goes; what the service does without one holds: " + root(c.Reason)})
		case strings.HasSuffix(path, "/Layers") || strings.HasSuffix(path, "/Layers/*"):
			w.p.Warn(w.t, n, "lost-layer", "a layer goes; if the function needs it, publish it in China and name that: %s", root(c.Reason))
		case w.typ == "AWS::Events::Rule" && path == "/Targets":
			w.p.Warn(w.t, n, "nothing-left", "rule %s has no target left and does nothing; remove it with --remove '%s': %s", w.r.ID, w.r.Subject(), root(c.Reason))
		case strings.HasSuffix(path, "/FunctionAssociations") || strings.HasSuffix(path, "/FunctionAssociations/*"):
			w.p.Warn(w.t, n, "lost-function", "a CloudFront function goes; what it changed of requests and responses stays unchanged: %s", root(c.Reason))
		case strings.HasSuffix(path, "Actions") || strings.HasSuffix(path, "Actions/*"):
			w.p.Warn(w.t, n, "lost-action", "an action goes, and what it did is no longer done: %s", root(c.Reason))
		case strings.HasPrefix(path, "/AWS::CloudFormation::Init"):
			w.p.Warn(w.t, n, "lost-init", "part of the instance's start-up configuration goes: %s", root(c.Reason))
		}
	})
}

// variablesIn are the environment variables that go with n.
func variablesIn(n *cfn.Node, path string) []string {
	var names []string
	switch {
	case isVariable(path):
		return []string{plan.LastStep(path)}
	case strings.HasSuffix(path, "/Environment/*"):
		if name, ok := n.Get("Name").Scalar(); ok {
			names = append(names, name)
		}
	case strings.HasSuffix(path, "/Environment") && n.Kind == cfn.List:
		for _, pair := range n.Items {
			names = append(names, variablesIn(pair, path+"/*")...)
		}
	case strings.HasSuffix(path, "/Environment"):
		n = n.Get("Variables")
		fallthrough
	case strings.HasSuffix(path, "/Environment/Variables"):
		for _, e := range n.Pairs() {
			names = append(names, e.Key)
		}
	}
	return names
}

// isVariable tells whether path is one environment variable of a function.
func isVariable(path string) bool {
	i := strings.LastIndexByte(path, '/')
	return i > 0 && strings.HasSuffix(path[:i], "/Environment/Variables")
}

// isEncryption tells whether the last step of path names a key of encryption
// at rest.
func isEncryption(path string) bool {
	name := strings.ToLower(plan.LastStep(path))
	return strings.Contains(name, "kms") || name == "encryptionkey" || name == "encryptionconfiguration"
}

// encrypts tells whether something below n names such a key.
func encrypts(n *cfn.Node) bool {
	for _, e := range n.Pairs() {
		if !strings.Contains(e.Key, ":") && isEncryption("/"+e.Key) {
			return true
		}
	}
	for _, c := range n.Children() {
		if encrypts(c) {
			return true
		}
	}
	return false
}

// lostVariable empties a lost environment variable instead of dropping it,
// where the operator wants that.
func (w *refChecker) lostVariable(out *outcome, n *cfn.Node, path string, c *plan.Cause) bool {
	if w.p.Options.LostEnv != "empty" || !isVariable(path) {
		return false
	}
	w.emptied(out, n, c)
	return true
}

// lostPair does the same for the Name and Value of a container's variable.
func (w *refChecker) lostPair(out *outcome, n *cfn.Node, path string, c *plan.Cause) bool {
	value := n.Get("Value")
	if w.p.Options.LostEnv != "empty" || value == nil || !strings.HasSuffix(path, "/Environment") {
		return false
	}
	w.emptied(out, value, c)
	return true
}

func (w *refChecker) emptied(out *outcome, n *cfn.Node, c *plan.Cause) {
	w.edit(out, func() {
		w.t.Edits.Replace(n, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Style: yaml.SingleQuotedStyle})
		w.p.Change(w.t, n, "empty", c.Rule, c.Reason)
	})
}
