// Package parameters reads the parameter values that an operator gives, in
// every format that CloudFormation's tools use, and joins them with what the
// entry template declares. It judges the template's own constraints, because
// only here may a hidden value be looked at; it never puts such a value into a
// fact or a message.
package parameters

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Given is one value as the operator gave it.
type Given struct {
	Name  string
	Value string
	// UsePrevious keeps the value of the deployed stack.
	UsePrevious bool
	// File is empty for a value from the command line.
	File         string
	Line, Column int
}

// FromFlag reads KEY=VALUE.
func FromFlag(text string) (Given, error) {
	name, value, found := strings.Cut(text, "=")
	if !found || strings.TrimSpace(name) == "" {
		// Without a name the text is a value, which may be a secret: it is not shown.
		return Given{}, &yamldoc.Error{File: "-p", Line: 1, Column: 1, Message: "a value has no name: write it as KEY=VALUE"}
	}
	return Given{Name: strings.TrimSpace(name), Value: value}, nil
}

// Merge lets later values win, and keeps the order of first mention.
func Merge(lists ...[]Given) []Given {
	var merged []Given
	at := map[string]int{}
	for _, list := range lists {
		for _, g := range list {
			if i, ok := at[g.Name]; ok {
				merged[i] = g
				continue
			}
			at[g.Name] = len(merged)
			merged = append(merged, g)
		}
	}
	return merged
}
