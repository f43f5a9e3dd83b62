package iam

import "strings"

// ActionPattern is one entry of an Action or NotAction element, for asking which
// actions it names.
type ActionPattern struct{ pattern pattern }

// CompileAction compiles an entry such as "s3:Get*".
func CompileAction(text string) ActionPattern {
	return ActionPattern{compilePattern(strings.ToLower(text))}
}

// Match says whether the entry names the action, without regard to case.
func (a ActionPattern) Match(action string) bool {
	return a.pattern.match(strings.ToLower(action))
}
