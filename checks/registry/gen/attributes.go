package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

// attributes is what Fn::GetAtt takes beside read-only properties.
type attributes struct {
	all   map[string]bool     // types whose every property is an attribute
	extra map[string][]string // properties that are attributes as well
}

var (
	allBlock   = regexp.MustCompile(`(?ms)^_all_property_types = \[\n(.*?)^\]`)
	extraBlock = regexp.MustCompile(`(?ms)^_exceptions = \{\n(.*?)^\}`)
	extraEntry = regexp.MustCompile(`(?s)"([^"]+::[^"]+)": \[(.*?)\]`)
	quoted     = regexp.MustCompile(`"([^"]+)"`)
)

// readAttributes reads the two lists that cfn-lint keeps of what the registry
// does not say about attributes.
func readAttributes(file string) (attributes, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return attributes{}, err
	}
	all, extra := allBlock.FindSubmatch(text), extraBlock.FindSubmatch(text)
	if all == nil || extra == nil {
		return attributes{}, fmt.Errorf("%s has not the two lists of attributes that are expected", file)
	}
	a := attributes{all: map[string]bool{}, extra: map[string][]string{}}
	for _, m := range quoted.FindAllStringSubmatch(string(all[1]), -1) {
		a.all[m[1]] = true
	}
	for _, entry := range extraEntry.FindAllStringSubmatch(string(extra[1]), -1) {
		for _, m := range quoted.FindAllStringSubmatch(entry[2], -1) {
			a.extra[entry[1]] = append(a.extra[entry[1]], m[1])
		}
	}
	if len(a.all) == 0 || len(a.extra) == 0 || strings.Contains(string(all[1]), "[") {
		return attributes{}, fmt.Errorf("%s: the lists of attributes could not be read", file)
	}
	return a, nil
}

// add states them in a schema.
func (a attributes) add(typ string, schema map[string]any) {
	if a.all[typ] {
		schema["everyPropertyIsAttribute"] = true
	}
	for _, name := range a.extra[typ] {
		list, _ := schema["attributes"].([]any)
		schema["attributes"] = append(list, name)
	}
}
