package awsdata

import (
	"maps"
	"slices"
	"strings"
)

// Service is the actions under one prefix.
type Service struct {
	Prefix  string
	formats map[string]string
	lines   map[string]string // by lower-case name; parsed when asked for
	actions map[string]*Action
}

// Action is one IAM action.
type Action struct {
	Name string // with its prefix, as AWS spells it
	// Tags says that the action's purpose is tagging, Writes that it changes
	// something, Permissions that it changes who may do what.
	Tags, Writes, Permissions bool
	// Keys are the condition keys that every request of the action has.
	Keys  []string
	Types []ResourceType
}

// ResourceType is a kind of resource that an action works on.
type ResourceType struct {
	Name     string
	Required bool
	// Keys are the condition keys that come with this resource.
	Keys []string
	// Format is the ARN, with variables such as ${Region} in it.
	Format string
}

// Service finds a service by the prefix of its actions.
func (t *Tables) Service(prefix string) (*Service, error) {
	prefix = strings.ToLower(prefix)
	if s, done := t.services[prefix]; done {
		return s, nil
	}
	text, exists, err := t.read("actions/" + prefix)
	if err != nil || !exists {
		return nil, err
	}
	s := &Service{Prefix: prefix, formats: map[string]string{}, lines: map[string]string{}, actions: map[string]*Action{}}
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		name, rest, _ := strings.Cut(line, "\t")
		if format, is := strings.CutPrefix(name, "="); is {
			s.formats[format] = rest
			continue
		}
		s.lines[strings.ToLower(name)] = line
	}
	t.services[prefix] = s
	return s, nil
}

// Action finds an action by its name with prefix, in any case.
func (t *Tables) Action(name string) (*Action, error) {
	prefix, local, _ := strings.Cut(strings.ToLower(name), ":")
	s, err := t.Service(prefix)
	if err != nil || s == nil {
		return nil, err
	}
	if a, done := s.actions[local]; done {
		return a, nil
	}
	line, ok := s.lines[local]
	if !ok {
		return nil, nil
	}
	a := s.parse(line)
	s.actions[local] = a
	return a, nil
}

func (s *Service) parse(line string) *Action {
	fields := strings.SplitN(line, "\t", 4)
	a := &Action{
		Name: s.Prefix + ":" + fields[0],
		Tags: fields[1] == "T", Permissions: fields[1] == "P",
		Writes: fields[1] == "T" || fields[1] == "P" || fields[1] == "W",
		Keys:   list(fields[2], ","),
	}
	for _, text := range list(fields[3], ";") {
		name, keys, _ := strings.Cut(text, "=")
		name, required := strings.CutPrefix(name, "!")
		a.Types = append(a.Types, ResourceType{Name: name, Required: required, Keys: list(keys, ","), Format: s.formats[name]})
	}
	return a
}

func list(text, sep string) []string {
	if text == "" {
		return nil
	}
	return strings.Split(text, sep)
}

// Formats are the ARNs that the action works on, as patterns of one partition,
// without repetition.
func (a *Action) Formats(partition string) []string {
	var out []string
	for _, t := range a.Types {
		var b strings.Builder
		for rest := strings.ReplaceAll(t.Format, "${Partition}", partition); rest != ""; {
			before, after, found := strings.Cut(rest, "${")
			b.WriteString(before)
			if !found {
				break
			}
			b.WriteByte('*')
			_, rest, _ = strings.Cut(after, "}")
		}
		if !slices.Contains(out, b.String()) {
			out = append(out, b.String())
		}
	}
	return out
}

// Names are the actions of the service without prefix, in lower case and in
// order.
func (s *Service) Names() []string { return slices.Sorted(maps.Keys(s.lines)) }

// Exists says whether there is an action of a name with prefix, in any case. In
// a name with wildcards, match compares the part after the prefix.
func (t *Tables) Exists(name string, match func(pattern, name string) bool) (bool, error) {
	prefix, local, _ := strings.Cut(strings.ToLower(name), ":")
	names, read := t.names[prefix]
	if !read {
		var err error
		if names, _, err = t.read("names/" + prefix); err != nil {
			return false, err
		}
		t.names[prefix] = names
	}
	if !strings.ContainsAny(local, "*?") {
		return strings.Contains(names, "\n"+local+"\n"), nil
	}
	for known := range strings.Lines(strings.TrimPrefix(names, "\n")) {
		if match(local, strings.TrimSuffix(known, "\n")) {
			return true, nil
		}
	}
	return false, nil
}

// HasKey says whether requests of the action may hold a condition key.
func (a *Action) HasKey(key string) bool {
	if holdsKey(a.Keys, key) {
		return true
	}
	return slices.ContainsFunc(a.Types, func(t ResourceType) bool { return holdsKey(t.Keys, key) })
}

func holdsKey(keys []string, key string) bool {
	return slices.ContainsFunc(keys, func(k string) bool { return strings.EqualFold(k, key) })
}
