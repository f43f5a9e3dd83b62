// Package transform rewrites a release of CloudFormation templates for AWS
// China: what a region there lacks is removed, what referred to it is repaired,
// what is spelt for the other partition is respelt, and the result is proved
// before it is handed back.
//
// It is pure: templates in, templates and a list of changes out. It reads and
// writes no file and makes no call; package transform/tree does the files.
//
// Run is the whole of it, in stages that are packages of their own, each of which
// sees only what stands above it here:
//
//	plan      the templates, linked with those they nest; the draft of edits and their reasons
//	remove    what goes, what that takes along, and the edits that repair the rest
//	rewrite   the spellings of AWS China for what is left
//	prove     nothing allowed that was not, nothing dangling, nothing left to do
//	findings  what is left for a person to decide
//
// Nothing is edited before every edit is decided: emit does that, nested
// templates first, between rewrite and prove.
package transform
