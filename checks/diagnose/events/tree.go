package events

import (
	"go.yaml.in/yaml/v4"
)

// lists are the keys under which answers of AWS keep events.
var lists = []string{"StackEvents", "OperationEvents", "Records", "Events"}

// otherAnswers are keys of answers that people save instead.
var otherAnswers = []string{"Stacks", "StackSummaries", "StackResources", "StackResourceSummaries", "Changes", "TemplateBody", "Resources"}

// reader collects what one document tells: events that are whole, and rows whose
// columns only all of them together explain.
type reader struct {
	file   string
	events []Event
	rows   [][]cell
}

// tree reads a document of JSON or YAML.
func tree(file string, n *yaml.Node) ([]Event, error) {
	r := &reader{file: file}
	if n.Kind == yaml.ScalarNode {
		return nil, fail(file, n, "", "these are no events; "+Wanted)
	}
	if err := r.node(n); err != nil {
		return nil, err
	}
	more, err := fromRows(file, r.rows)
	return append(r.events, more...), err
}

func (r *reader) node(n *yaml.Node) error {
	switch n.Kind {
	case yaml.SequenceNode:
		return r.sequence(n)
	case yaml.MappingNode:
		for _, key := range lists {
			if list := child(n, key); list != nil && list.Kind == yaml.SequenceNode {
				return r.node(list)
			}
		}
		return r.one(n)
	}
	return nil
}

func (r *reader) one(n *yaml.Node) error {
	var events []Event
	var err error
	switch {
	case child(n, "CloudTrailEvent") != nil:
		events, err = lookedUp(r.file, child(n, "CloudTrailEvent"))
	case child(n, "eventSource") != nil && child(n, "eventName") != nil:
		events, err = trail(r.file, n)
	default:
		return r.mapping(n)
	}
	r.events = append(r.events, events...)
	return err
}

func (r *reader) mapping(n *yaml.Node) error {
	for _, key := range otherAnswers {
		if child(n, key) != nil && child(n, "StackId") == nil {
			return fail(r.file, n, key, "this is another answer of AWS: it has no events with a StackId; "+Wanted)
		}
	}
	cells := []cell{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key, value := n.Content[i], n.Content[i+1]
		c := cell{header: key.Value, line: value.Line, column: value.Column}
		if value.Kind == yaml.ScalarNode && value.Tag != "!!null" {
			c.text = value.Value
		}
		cells = append(cells, c)
	}
	if len(cells) == 0 {
		return fail(r.file, n, "", "an event is missing; "+Wanted)
	}
	r.rows = append(r.rows, cells)
	return nil
}

// sequence is a list of events, of rows as a query prints them, or of reasons.
func (r *reader) sequence(n *yaml.Node) error {
	var singles [][]cell
	for _, item := range n.Content {
		switch {
		case item.Kind == yaml.SequenceNode && scalars(item):
			r.rows = append(r.rows, row(item.Content))
		case item.Kind == yaml.ScalarNode && item.Tag != "!!null":
			singles = append(singles, row([]*yaml.Node{item}))
		default:
			if err := r.node(item); err != nil {
				return err
			}
		}
	}
	if len(singles) > 1 && oneRow(singles) {
		singles = [][]cell{row(n.Content)}
	}
	r.rows = append(r.rows, singles...)
	return nil
}

// oneRow reports whether single cells are the parts of one event: only one of
// them is a sentence, and one is a status or a time.
func oneRow(rows [][]cell) bool {
	sentences, others := 0, 0
	for _, r := range rows {
		if len(r) != 1 {
			return false
		}
		switch kindOf(r[0].text) {
		case sentence:
			sentences++
		case status, moment, stackARN, resourceType:
			others++
		}
	}
	return sentences <= 1 && others > 0
}

func row(nodes []*yaml.Node) []cell {
	var cells []cell
	for _, n := range nodes {
		c := cell{line: n.Line, column: n.Column}
		if n.Kind == yaml.ScalarNode && n.Tag != "!!null" {
			c.text = n.Value
		}
		cells = append(cells, c)
	}
	return cells
}

func scalars(n *yaml.Node) bool {
	for _, item := range n.Content {
		if item.Kind != yaml.ScalarNode {
			return false
		}
	}
	return len(n.Content) > 0
}

func child(n *yaml.Node, key string) *yaml.Node {
	if n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}
