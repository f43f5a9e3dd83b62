package rewrite

import (
	"go.yaml.in/yaml/v4"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/edit"
	"github.com/panther-preflight/panther-preflight/transform/plan"
)

// mappingTable respells the rows of a mapping. A row of another region or
// partition is data for that one and stays.
func (s *rewriter) mappingTable(table *cfn.Node) {
	if s.t.Edits.Deleted(table) {
		return
	}
	for _, e := range table.Pairs() {
		if plan.ElsewhereRow(e.Key) {
			continue
		}
		for _, v := range e.Value.Pairs() {
			s.visit(v.Value, plan.Spot{Path: "/Mappings", Key: v.Key})
		}
	}
}

// regionRows adds the row of the China region to mappings that are read by
// region, where the row is known.
func (s *rewriter) regionRows() {
	tables := s.t.Root.Get("Mappings")
	for _, name := range s.t.ReadByRegion() {
		table := tables.Get(name)
		if table == nil || s.t.Edits.Deleted(table) || table.Get(s.p.Options.Region) != nil {
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
func (s *rewriter) chinaRow(table *cfn.Node) *yaml.Node {
	for _, e := range table.Pairs() {
		row := e.Value
		if !plan.RegionName.MatchString(e.Key) || len(row.Pairs()) == 0 {
			continue
		}
		out := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Style: row.Src.Style & yaml.FlowStyle}
		for _, v := range row.Entries {
			value, ok := s.inChina(table, v.Key, v.Value)
			if !ok {
				return nil
			}
			node := edit.Text(value)
			node.Style = v.Value.Src.Style & (yaml.SingleQuotedStyle | yaml.DoubleQuotedStyle)
			out.Content = append(out.Content, edit.Text(v.Key), node)
		}
		return out
	}
	return nil
}

// inChina is what a value of a row is in China.
func (s *rewriter) inChina(table *cfn.Node, name string, value *cfn.Node) (string, bool) {
	text, ok := value.Scalar()
	if !ok {
		return "", false
	}
	if s.p.IsOwnBucket(text) {
		return s.p.Options.Bucket, true
	}
	if loc, ok := s3url.Parse(text); ok && s.p.IsOwnBucket(loc.Bucket) {
		return s.located(loc), true
	}
	return s.twinInRow(text)
}
