package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// table is the actions of all services, and how each is spelled.
type table struct {
	version string
	text    map[string]string // by service prefix
	lower   map[string]string // likewise: the actions alone, in lower case
	spelled map[string]string // lower case → as AWS spells it
	aliases map[string]string
}

type action struct {
	Name   string         `json:"name"`
	Access string         `json:"accessLevel"`
	Types  []resourceType `json:"resourceTypes"`
	Keys   []string       `json:"conditionKeys"`
}

type resourceType struct {
	Name     string   `json:"name"`
	Required bool     `json:"required"`
	Keys     []string `json:"conditionKeys"`
}

type format struct {
	Key string `json:"key"`
	ARN string `json:"arn"`
}

func readActions(dir string) (*table, error) {
	t := &table{text: map[string]string{}, lower: map[string]string{}, spelled: map[string]string{}, aliases: map[string]string{}}
	var pkg struct {
		Version string `json:"version"`
	}
	if err := readJSON(filepath.Join(dir, "package.json"), &pkg); err != nil {
		return nil, err
	}
	t.version = pkg.Version
	files, err := filepath.Glob(filepath.Join(dir, "data", "actions", "*.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("%s holds no data/actions/*.json", dir)
	}
	for _, file := range files {
		var actions map[string]action
		if err := readJSON(file, &actions); err != nil {
			return nil, err
		}
		service := strings.TrimSuffix(filepath.Base(file), ".json")
		formats := map[string]format{}
		if err := readJSON(filepath.Join(dir, "data", "resourceTypes", service+".json"), &formats); err != nil && !os.IsNotExist(err) {
			return nil, err
		}
		t.text[service] = render(actions, formats)
		t.lower[service] = lowerNames(actions)
		for _, a := range actions {
			t.spelled[strings.ToLower(service+":"+a.Name)] = service + ":" + a.Name
		}
	}
	return t, nil
}

// lowerNames has each name between two line feeds, so that it can be searched
// for as it is.
func lowerNames(actions map[string]action) string {
	names := make([]string, 0, len(actions))
	for _, a := range actions {
		names = append(names, strings.ToLower(a.Name))
	}
	slices.Sort(names)
	return "\n" + strings.Join(names, "\n") + "\n"
}

// render writes one service: a line "=type ARN" for each resource type, then a
// line for each action with its access level, its own condition keys and its
// resource types, the required ones marked, each with its condition keys.
func render(actions map[string]action, formats map[string]format) string {
	var lines []string
	for _, f := range formats {
		lines = append(lines, "="+f.Key+"\t"+f.ARN+"\n")
	}
	for _, a := range actions {
		types := make([]string, 0, len(a.Types))
		for _, rt := range a.Types {
			text := rt.Name
			if rt.Required {
				text = "!" + text
			}
			if len(rt.Keys) > 0 {
				text += "=" + strings.Join(rt.Keys, ",")
			}
			types = append(types, text)
		}
		lines = append(lines, fmt.Sprintf("%s\t%s\t%s\t%s\n", a.Name, level(a.Access), strings.Join(a.Keys, ","), strings.Join(types, ";")))
	}
	slices.Sort(lines)
	return strings.Join(lines, "")
}

// level is the access level in one letter. Tagging is a kind of writing that
// the checks tell apart.
func level(access string) string {
	switch {
	case strings.Contains(access, "Tagging"):
		return "T"
	case strings.Contains(access, "Permissions"):
		return "P"
	}
	return access[:1]
}

func (t *table) readAliases(file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	for line := range strings.Lines(string(text)) {
		if from, to, ok := strings.Cut(strings.TrimSpace(line), " "); ok && !strings.HasPrefix(from, "#") {
			t.aliases[strings.ToLower(from)] = strings.TrimSpace(to)
		}
	}
	return nil
}

// name is a permission as AWS spells the action, or false when there is no
// such action.
func (t *table) name(permission string) (string, bool) {
	permission = strings.TrimSpace(permission)
	if to, ok := t.aliases[strings.ToLower(permission)]; ok {
		return to, true
	}
	to, ok := t.spelled[strings.ToLower(permission)]
	if !ok {
		return permission, false
	}
	return to, true
}

func readJSON(file string, into any) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	return nil
}
