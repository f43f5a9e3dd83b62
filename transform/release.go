// Package transform rewrites a release of CloudFormation templates for AWS
// China: what a region there lacks is removed, what referred to it is repaired,
// what is spelt for the other partition is respelt, and the result is proved
// before it is handed back.
//
// It is pure: templates in, templates and a list of changes out. It reads and
// writes no file and makes no call; package transform/tree does the files.
package transform

import (
	"fmt"
	"slices"
)

// Layout tells how templates of a release name each other.
type Layout int

// A Source release names its nested templates by relative path; a Published
// one by the key in a bucket, most of them the hash of their bytes.
const (
	Source Layout = iota
	Published
)

// Release is a set of templates, by file name or key. Entry is the one that is
// deployed; what it does not reach is no part of the release. Present tells, of
// a Published release, which other keys are there; nil means nobody looked.
type Release struct {
	Entry   string
	Files   map[string][]byte
	Layout  Layout
	Present func(key string) bool
}

// Options say what to make of a release.
type Options struct {
	Region        string   // cn-north-1 or cn-northwest-1
	Bucket        string   // the bucket in China that will hold the release
	KeyPrefix     string   // put before every key in it
	SourceBuckets []string // globs of buckets whose references are the release's own
	Remove        []string // SUBJECT or FILE#LogicalId
	Ruleset       string   // panther or none
	ECRRegistry   string   // registry for images, empty to leave them
	LostEnv       string   // drop or empty
	Strict        bool
}

// defaultSourceBuckets are the vendor's buckets.
var defaultSourceBuckets = []string{"panther-community-<region>", "panther-enterprise-<region>"}

// Template is one template of the result: the name it had, the name it has,
// and its bytes. Unchanged templates are listed too.
type Template struct {
	From   string `json:"from"`
	To     string `json:"to"`
	SHA256 string `json:"sha256"`
	Before []byte `json:"-"`
	Body   []byte `json:"-"`
}

// Change is one edit and why it was made.
type Change struct {
	File   string `json:"file"`
	Path   string `json:"path"`
	Action string `json:"action"`
	Reason string `json:"reason"`
	Rule   string `json:"rule"`
	Line   int    `json:"line"`
}

// Removal is one resource that is gone.
type Removal struct {
	Subject   string `json:"subject"`
	File      string `json:"file"`
	LogicalID string `json:"logical_id"`
	Type      string `json:"type"`
	Reason    string `json:"reason"`
	Rule      string `json:"rule"`
	Line      int    `json:"line"`
	Retained  bool   `json:"retained,omitempty"`
}

// Rewrite is one value that was respelt.
type Rewrite struct {
	File string `json:"file"`
	Path string `json:"path"`
	From string `json:"from"`
	To   string `json:"to"`
	Rule string `json:"rule"`
	Line int    `json:"line"`
}

// Finding is what is left for a person to decide.
type Finding struct {
	ID        string `json:"id"`
	Rule      string `json:"rule"`
	Severity  string `json:"severity"`
	Subject   string `json:"subject"`
	LogicalID string `json:"logical_id"`
	Message   string `json:"message"`
	Fix       string `json:"fix"`
	File      string `json:"file"`
	Path      string `json:"path"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
}

// Warning is a consequence to know of. High ones are errors under --strict.
type Warning struct {
	Rule    string `json:"rule"`
	Message string `json:"message"`
	File    string `json:"file"`
	Path    string `json:"path"`
	Line    int    `json:"line"`
	High    bool   `json:"high,omitempty"`
}

// Result is everything the transform has to say. With Error set there are no
// templates, and nothing may be written.
type Result struct {
	Changes   []Change   `json:"changes"`
	Removed   []Removal  `json:"removed"`
	Rewritten []Rewrite  `json:"rewritten"`
	Findings  []Finding  `json:"findings"`
	Warnings  []Warning  `json:"warnings"`
	Templates []Template `json:"templates"`
	Error     *Error     `json:"error"`
}

// Undecided tells whether a finding is left that is more than a remark.
func (r *Result) Undecided() bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity != "info" })
}

// Code names one of the reasons for which nothing is written.
type Code string

// The codes of an Error.
const (
	ConditionLostParameter Code = "condition-lost-parameter"
	EmptyTemplate          Code = "empty-template"
	StatefulCascade        Code = "stateful-cascade"
	WouldWiden             Code = "would-widen"
	UnsupportedConstruct   Code = "unsupported-construct"
	StrictEncryption       Code = "strict-encryption"
	Unproved               Code = "unproved"
)

// Error says why nothing may be written, where, and how to go on.
type Error struct {
	Code    Code     `json:"code"`
	Message string   `json:"message"`
	Fix     string   `json:"fix"`
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Others  []string `json:"others,omitempty"`
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d: %s: %s; %s", e.File, e.Line, e.Code, e.Message, e.Fix)
}
