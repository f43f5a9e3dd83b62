package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

type schema struct {
	TypeName string             `json:"typeName"`
	Handlers map[string]handler `json:"handlers"`
}

type handler struct {
	Permissions []string `json:"permissions"`
}

// readTypes reads the handlers of every type: a line with the type's last
// name, what creating it takes, what updating it takes, and what deleting it
// takes. "-" stands for no handler of that kind, "?" before a name that no
// service has as an action.
func readTypes(dir string, t *table) (byNamespace map[string][]string, unknown []string, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.json"))
	if err != nil || len(files) == 0 {
		return nil, nil, fmt.Errorf("%s holds no *.json", dir)
	}
	byNamespace = map[string][]string{}
	for _, file := range files {
		var s schema
		if err := readJSON(file, &s); err != nil {
			return nil, nil, err
		}
		if len(s.Handlers) == 0 {
			continue
		}
		cut := strings.LastIndex(s.TypeName, "::")
		if cut < 0 {
			return nil, nil, fmt.Errorf("%s: %q is no type", file, s.TypeName)
		}
		line := s.TypeName[cut+2:]
		for _, kind := range []string{"create", "update", "delete"} {
			h, ok := s.Handlers[kind]
			if !ok {
				line += "\t-"
				continue
			}
			names, none := t.names(h.Permissions)
			line += "\t" + strings.Join(names, " ")
			unknown = append(unknown, none...)
		}
		namespace := s.TypeName[:cut]
		byNamespace[namespace] = append(byNamespace[namespace], line+"\n")
	}
	slices.Sort(unknown)
	return byNamespace, slices.Compact(unknown), nil
}

func (t *table) names(permissions []string) (names, unknown []string) {
	for _, p := range permissions {
		name, known := t.name(p)
		if name == "" {
			continue
		}
		if !known {
			unknown = append(unknown, name)
			name = "?" + strings.ReplaceAll(name, " ", "")
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return slices.Compact(names), unknown
}
