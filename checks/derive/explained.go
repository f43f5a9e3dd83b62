package derive

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/derive/published"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// explanation is what a resource's properties say of an action that its type's
// update handler lists.
type explanation uint8

const (
	unexplained explanation = iota // no property of the type is called so
	wholeType                      // the action updates the resource as such
	ofAbsent                       // it is of a property that the resource does not set
	ofPerhaps                      // … that it sets under a condition which is not known
	ofSet                          // … that it sets
)

// explain compares the words of an action, without its verb and the name of the
// type, with the names of the properties: ec2:ModifyVpcTenancy of a VPC is about
// InstanceTenancy, lambda:UpdateFunctionConfiguration about a function as such. Of
// several properties the one that shares the most words counts.
func (r *resource) explain(local, verb, noun string) explanation {
	rest := strings.TrimPrefix(local, verb)
	rest = strings.Replace(strings.ToLower(rest), noun, "", 1)
	var about []string
	for _, word := range camelWords(strings.TrimPrefix(local, verb)) {
		if word = singular(word); strings.Contains(rest, word) && !generalWords[word] && !strings.Contains(noun, word) {
			about = append(about, word)
		}
	}
	if len(about) == 0 {
		return wholeType
	}
	best, most := unexplained, 0
	for _, property := range r.propertyNames() {
		common := 0
		for _, word := range camelWords(property) {
			if slices.Contains(about, singular(word)) {
				common++
			}
		}
		if common == 0 || common < most {
			continue
		}
		if common > most {
			best, most = unexplained, common
		}
		best = max(best, r.explainedBy(property))
	}
	return best
}

func (r *resource) explainedBy(property string) explanation {
	switch isSet(r.properties, []string{property}) {
	case template.Yes:
		return ofSet
	case template.Undecided:
		return ofPerhaps
	}
	return ofAbsent
}

// generalWords say nothing of which property an action is about.
var generalWords = map[string]bool{
	"attribute": true, "configuration": true, "config": true, "setting": true, "option": true, "property": true, "v2": true,
}

// propertyNames are the properties of the type, and those that the resource sets
// where the registry does not know it.
func (r *resource) propertyNames() []string {
	var out []string
	if t, listed := registry.Lookup(r.Type); listed {
		for name := range t.Schema.Properties {
			out = append(out, name)
		}
	}
	for _, f := range r.properties.Fields() {
		if !slices.Contains(out, f.Key) {
			out = append(out, f.Key)
		}
	}
	slices.Sort(out)
	return out
}

func camelWords(name string) []string {
	var out []string
	start := 0
	for i := 1; i <= len(name); i++ {
		if i == len(name) || isUpper(name[i]) && (!isUpper(name[i-1]) || i+1 < len(name) && !isUpper(name[i+1])) {
			out = append(out, strings.ToLower(name[start:i]))
			start = i
		}
	}
	return out
}

func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }

func singular(word string) string { return strings.TrimSuffix(word, "s") }

// vendorLacks says whether the role that the vendor published with the target
// version does not have an action at all: deployments with it prove that no
// resource of the release takes the action.
func (d *deriver) vendorLacks(action string) (bool, error) {
	if d.run.Release == "" {
		return false, nil
	}
	if d.vendor == nil {
		role, exact, err := published.Find(d.run.Release)
		if err != nil || !exact {
			return false, err
		}
		if d.vendor, err = role.Policy("aws", "us-east-1", unnamedAccount); err != nil {
			return false, err
		}
	}
	return !slices.ContainsFunc(d.vendor.Statements(), func(s iam.Statement) bool {
		patterns, inverted := s.Actions()
		named := slices.ContainsFunc(patterns, func(p string) bool { return iam.CompileAction(p).Match(action) })
		return !s.Denies() && named != inverted
	}), nil
}
