// Package upgrade plans the way from one Panther version to another: the
// releases to go through, and for each of them what to do, in order, with whole
// commands. What it knows about releases it has from checks/releases, which the
// PF-UPG policies read too. It is pure: it reads no file, calls nothing and
// runs none of the commands that it writes.
//
// What only the operator can fill in stands in {braces}.
package upgrade

import (
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// Request is what the way depends on. What is empty is not known.
type Request struct {
	// From and To are versions, v1.18.8 or 1.18.8, or a minor, 1.18 or 1.18.x,
	// which means its recommended patch.
	From, To  string
	Region    string
	StackName string
	// Bucket holds the release in China.
	Bucket string
	// RoleStack is the stack of the deployment role; Administrator says that
	// there is no such role.
	RoleStack     string
	Administrator bool
	// Proxy says that the stack is the proxy web app of a China deployment.
	Proxy bool
	// Old and New are what the entry templates of From and To declare.
	Old, New []template.Parameter
	// Names are the parameters of the deployed stack, and Values their values;
	// nil when not known. Hidden names those whose value is not. Whole says that
	// Names are all there are, Partial that only some values are known.
	Names   []string
	Values  map[string]string
	Hidden  map[string]bool
	Whole   bool
	Partial bool
	// Matrix is what is known of releases; nil: the built-in matrix.
	Matrix *releases.Matrix
}

// Plan is the way, one hop for each release on it.
type Plan struct {
	From string `json:"from"`
	To   string `json:"to"`
	Hops []Hop  `json:"hops"`
	// Notes are what the reader must know about the plan as a whole.
	Notes []string `json:"notes"`
}

// Hop is the update to one release.
type Hop struct {
	From            string      `json:"from"`
	To              string      `json:"to"`
	TemplateURL     string      `json:"template_url"`
	RoleTemplateURL string      `json:"role_template_url"`
	Parameters      []Parameter `json:"parameters"`
	Steps           []Step      `json:"steps"`
	// Command is the update itself, on one line.
	Command string `json:"command"`
}

// How a parameter changes in a hop.
const (
	Added   = "added"
	Removed = "removed"
	Changed = "changed"
)

// Parameter is one parameter that a hop changes.
type Parameter struct {
	Name   string `json:"name"`
	Change string `json:"change"`
	// Required says that the update fails, or goes wrong, without a value.
	Required bool `json:"required"`
	// Value is what to give; empty where the default, or nothing, is right.
	Value string `json:"value"`
	Why   string `json:"why"`
	// set says that the update must give Value, even an empty one.
	set bool
}

// The phases of a hop.
const (
	Before = "before"
	Update = "update"
	After  = "after"
)

// Step is one thing to do, in the order in which it is listed.
type Step struct {
	Phase    string   `json:"phase"`
	Title    string   `json:"title"`
	Why      string   `json:"why"`
	Commands []string `json:"commands"`
}

// Refusal says why there is no way: the answer is no.
type Refusal struct {
	Reason, Fix string
}

func (r *Refusal) Error() string { return r.Reason + "; " + r.Fix }
