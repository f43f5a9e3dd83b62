// Package registry knows the resource types of CloudFormation: what the
// registry of every region publishes of a type, with the constraints that the
// services' API models add.
//
// It owns the one embedded table of types and how it is read, and the short
// list of what AWS documents otherwise (overrides.txt). It reads no template,
// judges no value and reaches no network. Nothing is unpacked before it is
// asked for, and then only the namespace of the type; what is unpacked is kept,
// is never changed, and may be used by several goroutines.
//
// Paths of properties are property names joined by dots. A position in a list
// is [n] or [*], or is left out; * alone stands for any element or map value.
package registry
