package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// home is the region whose registry is taken as the base of a type; every
// other region is written as its difference.
const home = "us-east-1"

// source is an installed cfn-lint: a table of types for every region, each type
// with the name of the file that holds its schema, so that regions with one
// schema share the file.
type source struct {
	dir        string
	version    string
	regions    []string                     // that publish their own schemas, in order
	byRegion   map[string]map[string]string // type → file
	attributes attributes
}

var (
	versionLine = regexp.MustCompile(`(?m)^__version__ = "([^"]+)"`)
	typeLine    = regexp.MustCompile(`(?m)^ *"([^"]+)": "([0-9a-f]+)",$`)
)

func open(dir string) (*source, error) {
	text, err := os.ReadFile(filepath.Join(dir, "version.py"))
	if err != nil {
		return nil, fmt.Errorf("%s is not the Python package of cfn-lint: %w", dir, err)
	}
	version := versionLine.FindSubmatch(text)
	if version == nil {
		return nil, fmt.Errorf("%s/version.py states no version", dir)
	}
	s := &source{dir: dir, version: string(version[1]), byRegion: map[string]map[string]string{}}
	if err := s.readRegions(); err != nil {
		return nil, err
	}
	s.attributes, err = readAttributes(filepath.Join(dir, "schema", "_getatts.py"))
	return s, err
}

func (s *source) path(parts ...string) string {
	return filepath.Join(append([]string{s.dir, "data", "schemas"}, parts...)...)
}

// readRegions reads the table of every region. A region whose table is that of
// the home region to the letter publishes no schemas: the tool copies the home
// region's for it, which says nothing about what the region has.
func (s *source) readRegions() error {
	files, err := filepath.Glob(s.path("providers", "*.py"))
	if err != nil {
		return err
	}
	for _, file := range files {
		region := strings.ReplaceAll(strings.TrimSuffix(filepath.Base(file), ".py"), "_", "-")
		if strings.HasPrefix(region, "--") {
			continue
		}
		text, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		types := map[string]string{}
		for _, m := range typeLine.FindAllStringSubmatch(string(text), -1) {
			if strings.Contains(m[1], "::") {
				types[m[1]] = m[2]
			}
		}
		s.byRegion[region] = types
	}
	if len(s.byRegion[home]) == 0 {
		return fmt.Errorf("%s holds no table of the types of %s", s.path("providers"), home)
	}
	for region, types := range s.byRegion {
		if region != home && maps.Equal(types, s.byRegion[home]) {
			delete(s.byRegion, region)
			continue
		}
		s.regions = append(s.regions, region)
	}
	if slices.Sort(s.regions); len(s.regions) > 64 {
		return fmt.Errorf("%d regions do not fit into the 64 bits of a set", len(s.regions))
	}
	return nil
}

// schema reads one schema, with the constraints that its patches add.
func (s *source) schema(typ, file string) (map[string]any, error) {
	var schema map[string]any
	if err := readJSON(s.path("resources", file+".json"), &schema); err != nil {
		return nil, err
	}
	if err := s.amend(typ, schema); err != nil {
		return nil, err
	}
	return schema, nil
}

// readJSON keeps numbers as they are written.
func readJSON(file string, into any) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	d := json.NewDecoder(f)
	d.UseNumber()
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("read %s: %w", file, err)
	}
	return nil
}
