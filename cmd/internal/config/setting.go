package config

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
)

// Setting is one key with its values.
type Setting struct {
	Key    Key
	Values []string
	// List says that the file gives a list, be it one of a single value.
	List bool

	file, path string
	line       int
	value      *yaml.Node
}

// Place is the file and the line of the key.
func (s Setting) Place() (file string, line int) { return s.file, s.line }

// InSection says that the key stands in the section of an environment.
func (s Setting) InSection() bool { return s.path != s.Key.Name }

// Is reports whether the value is a switch in this position, as flags read one.
func (s Setting) Is(on bool) bool {
	if len(s.Values) == 0 {
		return false
	}
	value, err := strconv.ParseBool(s.Values[len(s.Values)-1])
	return err == nil && value == on
}

// Fail is an error about the value, with its place.
func (s Setting) Fail(message string) error {
	return &yamldoc.Error{File: s.file, Line: s.value.Line, Column: s.value.Column, Key: s.path, Message: message}
}

var regionName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// values examines what the kind of the key demands, and turns the paths of a
// found configuration into paths from the working folder.
func (c *Configuration) values(s *Setting) error {
	for i, value := range s.Values {
		at := s.value
		if s.List {
			at = s.value.Content[i]
		}
		switch s.Key.Kind {
		case Region:
			if value != "" && !regionName.MatchString(value) {
				return c.fail(at, s.path, fmt.Sprintf("%q is not a region name", value))
			}
		case Format:
			if c.Source.Found && strings.Contains(value, "=") {
				return c.fail(at, s.path, fmt.Sprintf("a configuration that was found may not name an output file; use the flag --format %s on the command line, or name the configuration with --config %s", value, c.Source.Name))
			}
		case Path, Entry:
			if !c.Source.Found {
				continue
			}
			path, err := c.Source.path(value, s.Key.Kind)
			if err != nil {
				return c.fail(at, s.path, fmt.Sprintf("%s; use the flag --%s on the command line, or name the configuration with --config %s", err, s.Key.Name, c.Source.Name))
			}
			s.Values[i] = path
		}
	}
	return nil
}
