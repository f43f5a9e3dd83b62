package diagnose

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"time"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Parse reads saved events: what `aws cloudformation describe-stack-events` or
// `describe-events` prints, in JSON or YAML, for one stack or for several, as
// one list, as a list of such answers, or one answer after the other.
func Parse(file string, text []byte) ([]Event, error) {
	doc, err := yamldoc.Parse(file, text)
	if err == nil {
		return read(file, doc.Root)
	}
	parts := concatenated(text)
	if len(parts) < 2 {
		return nil, err
	}
	var all []Event
	for _, part := range parts {
		doc, err := yamldoc.Parse(file, part)
		if err != nil {
			return nil, err
		}
		events, err := read(file, doc.Root)
		if err != nil {
			return nil, err
		}
		all = append(all, events...)
	}
	return all, nil
}

// concatenated splits JSON values that stand one after the other.
func concatenated(text []byte) [][]byte {
	decoder := json.NewDecoder(bytes.NewReader(text))
	var parts [][]byte
	for decoder.More() {
		var part json.RawMessage
		if decoder.Decode(&part) != nil {
			return nil
		}
		parts = append(parts, part)
	}
	return parts
}

func read(file string, n *yaml.Node) ([]Event, error) {
	switch n.Kind {
	case yaml.SequenceNode:
		var all []Event
		for _, item := range n.Content {
			events, err := read(file, item)
			if err != nil {
				return nil, err
			}
			all = append(all, events...)
		}
		return all, nil
	case yaml.MappingNode:
		for _, key := range []string{"StackEvents", "OperationEvents"} {
			if list := child(n, key); list != nil && list.Kind == yaml.SequenceNode {
				return read(file, list)
			}
		}
		e, err := event(file, n)
		return []Event{e}, err
	}
	return nil, fail(file, n, "", "an event is a map; what `aws cloudformation describe-stack-events` prints is expected")
}

func fail(file string, n *yaml.Node, key, message string) error {
	return &yamldoc.Error{File: file, Line: n.Line, Column: n.Column, Key: key, Message: message}
}

func child(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// event reads one event. One without a stack or a time cannot be placed.
func event(file string, n *yaml.Node) (Event, error) {
	text := func(key string) string {
		if c := child(n, key); c != nil && c.Kind == yaml.ScalarNode && c.Tag != "!!null" {
			return c.Value
		}
		return ""
	}
	e := Event{
		ID: text("EventId"), StackID: text("StackId"), StackName: text("StackName"), LogicalID: text("LogicalResourceId"),
		PhysicalID: text("PhysicalResourceId"), Type: text("ResourceType"), Status: text("ResourceStatus"), Reason: text("ResourceStatusReason"),
	}
	if text("ValidationStatus") == "FAILED" && e.Status == "" {
		e.Status, e.Reason = "VALIDATION_FAILED", text("ValidationStatusReason")
	}
	if e.StackID == "" {
		return e, fail(file, n, "StackId", "is missing; what `aws cloudformation describe-stack-events` prints is expected")
	}
	if e.StackName == "" {
		e.StackName = nameOf(e.StackID)
	}
	at, err := instant(text("Timestamp"))
	if err != nil {
		return e, fail(file, n, "Timestamp", err.Error())
	}
	e.Time = at
	return e, nil
}

// instant reads the forms in which the AWS CLI writes a time.
func instant(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, fmt.Errorf("is missing")
	}
	for _, form := range []string{time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02 15:04:05.999999999Z07:00"} {
		if at, err := time.Parse(form, text); err == nil {
			return at.UTC(), nil
		}
	}
	if seconds, err := strconv.ParseFloat(text, 64); err == nil && seconds > 0 && seconds < math.MaxInt32 {
		return time.UnixMilli(int64(seconds * 1000)).UTC(), nil
	}
	return time.Time{}, fmt.Errorf("%q is not a time", text)
}
