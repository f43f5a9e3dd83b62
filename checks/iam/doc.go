// Package iam decides what AWS would answer to a request, from the policies
// that apply to it: identity policies, service control policies by level,
// resource control policies, permissions boundaries, session policies and a
// resource policy.
//
// Every decision is three-valued. What the caller does not know of a request
// (a context key, the part of a name that CloudFormation generates, the path
// of a role) stays unknown through the whole evaluation, and the verdict is
// Unknown exactly when it may turn on it. A definite verdict holds whatever the
// unknown turns out to be.
//
// Policies are compiled once, by Parse, and are then immutable: any number of
// goroutines may decide with them. Deciding allocates nothing.
//
// The package reads no file and calls nothing: it has no other input than its
// arguments. It imports the standard library only.
package iam
