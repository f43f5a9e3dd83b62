package releases

import (
	"encoding/json"
	"fmt"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Table is the release matrix that a run goes by: the built-in one, or one with
// releases that are newer.
type Table struct{ text []byte }

// Builtin is the matrix of this program.
func Builtin() Table { return Table{matrix} }

// Data is the matrix as the policies see it.
func (t Table) Data() (map[string]any, error) {
	var value any
	if err := json.Unmarshal(t.text, &value); err != nil {
		return nil, fmt.Errorf("read the release matrix: %w", err)
	}
	return map[string]any{"releases": value}, nil
}

// field is one key of an entry of a list.
type field struct {
	name     string
	required bool
	read     func(r *rows, at *yaml.Node, path string) (any, error)
}

// lists are the lists of the matrix that a file may add to, with the keys of
// their entries.
var lists = map[string][]field{
	"minors":     {{"minor", true, newMinor}, {"patch", true, version}},
	"regions":    {{"from", true, newVersion}, {"names", true, names}},
	"required":   {{"name", true, text}, {"from", true, newVersion}, {"entry", true, entry}},
	"parameters": {{"name", true, text}, {"from", true, newVersion}, {"until", false, newVersion}, {"with", false, text}, {"value", false, text}, {"about", false, text}},
}

// rows reads one file of further releases.
type rows struct {
	file  string
	last  string // the newest minor so far
	first string // the oldest version that is newer than the built-in matrix
	from  string // of the newest list of regions so far
	out   map[string][]any
}

// Extend adds the releases of a file to the built-in matrix: versions, regions
// and parameters, in the format of the matrix. The file may say nothing of what
// the matrix knows itself. An error is a *yamldoc.Error with file, line and key.
func Extend(file string, body []byte) (Table, error) {
	doc, err := yamldoc.Parse(file, body)
	if err != nil {
		return Table{}, err
	}
	m, err := Read()
	if err != nil {
		return Table{}, err
	}
	r := &rows{file: file, last: m.Minors[len(m.Minors)-1].Minor, from: m.Regions[len(m.Regions)-1].From, out: map[string][]any{}}
	if r.first, err = following(r.last); err != nil {
		return Table{}, err
	}
	if err := r.read(doc.Root); err != nil {
		return Table{}, err
	}
	return r.merged()
}

func (r *rows) read(root *yaml.Node) error {
	if root == nil || root.Kind != yaml.MappingNode {
		return &yamldoc.Error{File: r.file, Line: 1, Column: 1, Message: "a release matrix is a mapping with minors, regions, required or parameters"}
	}
	for i := 0; i < len(root.Content); i += 2 {
		key, list := root.Content[i], root.Content[i+1]
		fields, known := lists[key.Value]
		switch {
		case key.Value == "provenance":
			continue
		case !known:
			return r.fail(key, key.Value, "no key of a release matrix; it takes minors, regions, required, parameters and provenance")
		case list.Kind != yaml.SequenceNode:
			return r.fail(list, key.Value, "a list is expected")
		}
		for j, item := range list.Content {
			row, err := r.entry(item, fmt.Sprintf("%s[%d]", key.Value, j), fields)
			if err != nil {
				return err
			}
			r.out[key.Value] = append(r.out[key.Value], row)
		}
	}
	return nil
}

func (r *rows) entry(n *yaml.Node, path string, fields []field) (map[string]any, error) {
	if n.Kind != yaml.MappingNode {
		return nil, r.fail(n, path, "an entry is a mapping")
	}
	row := map[string]any{}
	for i := 0; i < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		at := slices.IndexFunc(fields, func(f field) bool { return f.name == key.Value })
		if at < 0 {
			return nil, r.fail(key, path+"."+key.Value, "no key of an entry")
		}
		read, err := fields[at].read(r, value, path+"."+key.Value)
		if err != nil {
			return nil, err
		}
		row[key.Value] = read
	}
	for _, f := range fields {
		if _, given := row[f.name]; f.required && !given {
			return nil, r.fail(n, path, f.name+" is missing")
		}
	}
	return row, r.orderly(n, path, row)
}

// orderly demands that versions go forward.
func (r *rows) orderly(n *yaml.Node, path string, row map[string]any) error {
	if minor, is := row["minor"].(string); is {
		if !later(minor+".0", r.last+".0") {
			return r.fail(n, path, minor+" does not follow "+r.last)
		}
		if v, err := Parse(row["patch"].(string)); err != nil || fmt.Sprintf("%d.%d", v.Major(), v.Minor()) != minor {
			return r.fail(n, path, "the patch "+row["patch"].(string)+" is not of "+minor)
		}
		r.last = minor
	}
	if _, is := row["names"]; is {
		if from := row["from"].(string); !later(from, r.from) {
			return r.fail(n, path, from+" does not follow "+r.from)
		}
		r.from = row["from"].(string)
	}
	return nil
}

// merged is the built-in matrix with the rows behind its own.
func (r *rows) merged() (Table, error) {
	var all map[string]any
	if err := json.Unmarshal(matrix, &all); err != nil {
		return Table{}, fmt.Errorf("read the release matrix: %w", err)
	}
	for name, more := range r.out {
		own, _ := all[name].([]any)
		all[name] = append(own, more...)
	}
	text, err := json.Marshal(all)
	if err != nil {
		return Table{}, fmt.Errorf("join the release matrix with %s: %w", r.file, err)
	}
	return Table{text}, nil
}

func (r *rows) fail(n *yaml.Node, key, message string) error {
	return &yamldoc.Error{File: r.file, Line: n.Line, Column: n.Column, Key: key, Message: message}
}
