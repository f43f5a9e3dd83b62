// Package waivers reads the waivers of a configuration and applies them to
// results. A waived finding stays in the report and no longer counts; a waiver
// that is past its day, matches nothing or names what cannot be waived is said.
package waivers

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/spelling"
	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Waiver excuses the findings of one check with a matching subject until the
// end of a day.
type Waiver struct {
	ID, Subject     string
	Account, Region string
	Reason, Owner   string
	Expires         time.Time
	File            string
	Line, Column    int
}

const dateForm = "2006-01-02"

// The keys of a waiver in the order of the documentation, and those that it
// cannot do without.
var (
	keys     = []string{"id", "subject", "account", "region", "reason", "expires", "owner"}
	required = []string{"id", "subject", "reason", "expires", "owner"}
	account  = regexp.MustCompile(`^\d{12}$`)
)

func (w Waiver) stated() *checks.Waiver {
	return &checks.Waiver{Reason: w.Reason, Expires: w.Expires.Format(dateForm), Owner: w.Owner}
}

// String names the waiver by its place, for notes about it.
func (w Waiver) String() string {
	return fmt.Sprintf("the waiver at %s:%d (%s %s)", w.File, w.Line, w.ID, w.Subject)
}

// Parse reads the list of waivers, which may be left empty. Now is when the run began: a waiver that
// would last longer than a year from then is refused.
func Parse(file string, n *yaml.Node, now time.Time) ([]Waiver, error) {
	if n.Tag == "!!null" {
		return nil, nil
	}
	if n.Kind != yaml.SequenceNode {
		return nil, fail(file, n, "waivers", "must be a list")
	}
	all := make([]Waiver, 0, len(n.Content))
	for i, item := range n.Content {
		w, err := parseOne(file, item, fmt.Sprintf("waivers[%d]", i), now)
		if err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, nil
}

func parseOne(file string, n *yaml.Node, place string, now time.Time) (Waiver, error) {
	w := Waiver{File: file, Line: n.Line, Column: n.Column}
	if n.Kind != yaml.MappingNode {
		return w, fail(file, n, place, "a waiver has id, subject, reason, expires and owner")
	}
	var expires string
	fields := map[string]*string{
		"id": &w.ID, "subject": &w.Subject, "account": &w.Account, "region": &w.Region,
		"reason": &w.Reason, "owner": &w.Owner, "expires": &expires,
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		field, known := fields[key.Value]
		switch {
		case !known:
			return w, fail(file, key, place+"."+key.Value, "unknown key"+spelling.Hint(key.Value, keys))
		case value.Kind != yaml.ScalarNode:
			return w, fail(file, value, place+"."+key.Value, "must be text")
		case value.Tag != "!!null":
			*field = strings.TrimSpace(value.Value)
		}
	}
	for _, name := range required {
		if *fields[name] == "" {
			return w, fail(file, n, place, name+" is missing")
		}
	}
	if w.Account != "" && !account.MatchString(w.Account) {
		return w, fail(file, n, place+".account", fmt.Sprintf("%q is not an account of twelve digits", w.Account))
	}
	day, err := time.Parse(dateForm, expires)
	if err != nil {
		return w, fail(file, n, place+".expires", fmt.Sprintf("%q is not a day of the form %s", expires, dateForm))
	}
	if day.After(now.AddDate(1, 0, 0)) {
		return w, fail(file, n, place+".expires", expires+" is more than a year ahead")
	}
	w.Expires = day
	return w, nil
}

func fail(file string, n *yaml.Node, key, message string) error {
	return &yamldoc.Error{File: file, Line: n.Line, Column: n.Column, Key: key, Message: message}
}
