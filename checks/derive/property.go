package derive

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// isSet tells whether a resource sets the property at a path. A path goes
// through lists into each of their items.
func isSet(v template.Value, path []string) template.Truth {
	return anywhere(v, path, func(leaf template.Value) template.Truth { return template.Yes })
}

// isEqual tells whether a property has a value.
func isEqual(v template.Value, path []string, want string) template.Truth {
	return anywhere(v, path, func(leaf template.Value) template.Truth {
		switch have, known := leaf.Literal(); {
		case known && have == want:
			return template.Yes
		case known:
			return template.No
		}
		return template.Undecided
	})
}

func anywhere(v template.Value, path []string, test func(template.Value) template.Truth) template.Truth {
	if branches := v.Branches(); len(branches) > 0 {
		return agreed(branches, func(b template.Value) template.Truth { return anywhere(b, path, test) })
	}
	if v.Kind == template.NoValue {
		return template.No
	}
	if len(path) == 0 {
		return test(v)
	}
	switch v.Kind {
	case template.Unknown:
		return template.Undecided
	case template.List:
		return among(v.Items(), func(item template.Value) template.Truth { return anywhere(item, path, test) })
	case template.Map:
		next := v.Get(path[0])
		return anywhere(next, path[1:], test)
	}
	return template.No
}

// among is yes when it holds of some item, no when of none.
func among(items []template.Value, ask func(template.Value) template.Truth) template.Truth {
	found := template.No
	for _, item := range items {
		switch ask(item) {
		case template.Yes:
			return template.Yes
		case template.Undecided:
			found = template.Undecided
		}
	}
	return found
}

func agreed(branches []template.Value, ask func(template.Value) template.Truth) template.Truth {
	first := ask(branches[0])
	for _, b := range branches[1:] {
		if ask(b) != first {
			return template.Undecided
		}
	}
	return first
}

// holds tells whether a rule's condition holds of a resource.
func (r *resource) holds(w awsdata.When) template.Truth {
	switch w.Kind {
	case awsdata.IfStackTags:
		return r.tags.fromStack
	case awsdata.IfSet:
		return isSet(r.properties, w.Path)
	case awsdata.IfEqual:
		return isEqual(r.properties, w.Path, w.Value)
	case awsdata.IfAbsent:
		switch isSet(r.properties, w.Path) {
		case template.Yes:
			return template.No
		case template.No:
			return template.Yes
		}
		return template.Undecided
	}
	return template.Yes // IfFirstUse, which no template tells: see takes
}

// leaves yields every text of a value with the nearest property name, leaving
// out what is no reference to another resource: documents, code, environment.
func leaves(v template.Value, key string, visit func(key string, v template.Value)) {
	for _, b := range v.Branches() {
		leaves(b, key, visit)
	}
	switch v.Kind {
	case template.Literal, template.Pattern:
		visit(key, v)
	case template.List:
		for _, item := range v.Items() {
			leaves(item, key, visit)
		}
	case template.Map:
		for _, f := range v.Fields() {
			if !isBody(f.Key) {
				leaves(f.Value, f.Key, visit)
			}
		}
	}
}

func isBody(key string) bool {
	switch key {
	case "Environment", "Policies", "Code", "Tags", "Metadata", "DefinitionString":
		return true
	}
	return strings.HasSuffix(key, "Document") || strings.HasSuffix(key, "Policy")
}
