package transform

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// What goes in and comes out is declared beside the templates that the stages
// work on: see package plan.
type (
	// Layout tells how templates of a release name each other.
	Layout = plan.Layout
	// Release is the templates to transform.
	Release = plan.Release
	// Options say what to make of them.
	Options = plan.Options
	// Result is everything that the transform has to say.
	Result = plan.Result
	// Template is one template of a result.
	Template = plan.Written
	// Change is one edit and why it was made.
	Change = plan.Change
	// Removal is one resource that is gone.
	Removal = plan.Removal
	// Rewrite is one value that is spelt anew.
	Rewrite = plan.Rewrite
	// Finding is what is left for a person to decide.
	Finding = plan.Finding
	// Warning is a consequence to know of.
	Warning = plan.Warning
	// Error says why nothing may be written.
	Error = plan.Error
)

// A Source release names its nested templates by relative path; a Published one
// by the key in a bucket.
const (
	Source    = plan.Source
	Published = plan.Published
)

// The codes of an Error.
const (
	ConditionLostParameter = plan.ConditionLostParameter
	EmptyTemplate          = plan.EmptyTemplate
	StatefulCascade        = plan.StatefulCascade
	WouldWiden             = plan.WouldWiden
	UnsupportedConstruct   = plan.UnsupportedConstruct
	StrictEncryption       = plan.StrictEncryption
	Unproved               = plan.Unproved
)

// NestedURLs are the texts by which a template names those it nests, as far as
// its text tells.
func NestedURLs(c *cfn.Template) []string { return plan.NestedURLs(c) }
