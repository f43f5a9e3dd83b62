package transform

import (
	"regexp"

	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/edit"
)

var regionName = regexp.MustCompile(`^[a-z]{2}(?:-[a-z]+)+-\d$`)

// mappingTable respells the rows of a mapping. A row of another region is data
// for that region and stays.
func (s *speller) mappingTable(_, table *yaml.Node) {
	if s.t.edits.Deleted(table) {
		return
	}
	each(table, func(key, row *yaml.Node) {
		if regionName.MatchString(key.Value) && !registry.IsChina(key.Value) {
			return
		}
		each(row, func(name, value *yaml.Node) { s.visit(value, spot{path: "/Mappings", key: name.Value}) })
	})
}

// regionRows adds the row of the China region to mappings that are read by
// region, where the row is known.
func (s *speller) regionRows() {
	tables := get(s.t.root, "Mappings")
	for _, name := range s.t.readByRegion() {
		table := get(tables, name)
		if table == nil || s.t.edits.Deleted(table) || get(table, s.p.options.Region) != nil {
			continue
		}
		if row := s.chinaRow(table); row != nil {
			s.t.edits.Insert(table, s.p.options.Region, row)
			s.p.change(s.t, table, "insert", "region-row", "the mapping is read by region; a row for "+s.p.options.Region+" is added")
		}
	}
}

// chinaRow makes the row from any other one, when every value of it is known
// for China.
func (s *speller) chinaRow(table *yaml.Node) *yaml.Node {
	for i := 0; i+1 < len(table.Content); i += 2 {
		row := table.Content[i+1]
		if !regionName.MatchString(table.Content[i].Value) || row.Kind != yaml.MappingNode || len(row.Content) == 0 {
			continue
		}
		out := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: row.Style & yaml.FlowStyle}
		for j := 0; j+1 < len(row.Content); j += 2 {
			value, ok := s.inChina(table, row.Content[j].Value, row.Content[j+1])
			if !ok {
				return nil
			}
			node := edit.Text(value)
			node.Style = row.Content[j+1].Style & (yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle)
			out.Content = append(out.Content, edit.Text(row.Content[j].Value), node)
		}
		return out
	}
	return nil
}

// inChina is what a value of a row is in China.
func (s *speller) inChina(table *yaml.Node, name string, value *yaml.Node) (string, bool) {
	text, ok := literal(value)
	if !ok {
		return "", false
	}
	if s.p.ours(text) {
		return s.p.options.Bucket, true
	}
	if loc, ok := s3url.Parse(text); ok && s.p.ours(loc.Bucket) {
		return s.located(loc), true
	}
	if isLiteral(at(table, "us-east-1", name), albEast) {
		return albAccount[s.p.options.Region], true
	}
	return "", false
}

// readByRegion are the mappings that something left looks up by AWS::Region.
func (t *template) readByRegion() []string {
	var names []string
	seen := map[string]bool{}
	var walk func(n *yaml.Node)
	walk = func(n *yaml.Node) {
		if t.edits.Deleted(n) {
			return
		}
		if now := t.edits.Now(n); now != n && !containsNode(now, n) {
			n = now
		}
		if fn, ok := intrinsic(n); ok && fn.name == "Fn::FindInMap" && len(fn.arg.Content) >= 3 {
			name, literalName := literal(fn.arg.Content[0])
			if ref, ok := intrinsicRef(fn.arg.Content[1]); ok && literalName && ref == "AWS::Region" && !seen[name] {
				seen[name] = true
				names = append(names, name)
			}
		}
		for _, c := range below(n) {
			walk(c)
		}
	}
	walk(t.root)
	return names
}
