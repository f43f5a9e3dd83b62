package rewrite

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/registry"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
	"github.com/panther-preflight/panther-preflight/transform/syntax"
)

// mappingTable respells the rows of a mapping. A row of another region is data
// for that region and stays.
func (s *rewriter) mappingTable(_, table *yaml.Node) {
	if s.t.Edits.Deleted(table) {
		return
	}
	syntax.Each(table, func(key, row *yaml.Node) {
		if plan.RegionName.MatchString(key.Value) && !registry.IsChina(key.Value) {
			return
		}
		syntax.Each(row, func(name, value *yaml.Node) { s.visit(value, plan.Spot{Path: "/Mappings", Key: name.Value}) })
	})
}

// regionRows adds the row of the China region to mappings that are read by
// region, where the row is known.
func (s *rewriter) regionRows() {
	tables := syntax.Get(s.t.Root, "Mappings")
	for _, name := range s.t.ReadByRegion() {
		table := syntax.Get(tables, name)
		if table == nil || s.t.Edits.Deleted(table) || syntax.Get(table, s.p.Options.Region) != nil {
			continue
		}
		if row := s.chinaRow(table); row != nil {
			s.t.Edits.Insert(table, s.p.Options.Region, row)
			s.p.Change(s.t, table, "insert", "region-row", "the mapping is read by region; a row for "+s.p.Options.Region+" is added")
		}
	}
}

// chinaRow makes the row from any other one, when every value of it is known
// for China.
func (s *rewriter) chinaRow(table *yaml.Node) *yaml.Node {
	for i := 0; i+1 < len(table.Content); i += 2 {
		row := table.Content[i+1]
		if !plan.RegionName.MatchString(table.Content[i].Value) || row.Kind != yaml.MappingNode || len(row.Content) == 0 {
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
func (s *rewriter) inChina(table *yaml.Node, name string, value *yaml.Node) (string, bool) {
	text, ok := syntax.Literal(value)
	if !ok {
		return "", false
	}
	if s.p.IsOwnBucket(text) {
		return s.p.Options.Bucket, true
	}
	if loc, ok := s3url.Parse(text); ok && s.p.IsOwnBucket(loc.Bucket) {
		return s.located(loc), true
	}
	if syntax.IsLiteral(syntax.At(table, "us-east-1", name), albEast) {
		return albAccount[s.p.Options.Region], true
	}
	return "", false
}
