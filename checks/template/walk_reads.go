package template

import (
	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// lookup notes a mapping that is read by the region.
func (w *walker) lookup(n, a *cfn.Node, at spot) {
	in := a.List(3, 4)
	if in == nil || !readsRegion(in[1]) {
		return
	}
	s := w.stack
	mapping, known := s.eval(in[0]).Literal()
	region, knownRegion := s.pseudo("AWS::Region").Literal()
	if !known || !knownRegion {
		return
	}
	sample := ""
	if column, known := s.eval(in[2]).Literal(); known {
		if row := s.doc.Mappings.At(mapping, "us-east-1", column); row.IsScalar() {
			sample = row.Text
		}
	}
	p := s.at(n)
	w.lookups = append(w.lookups, checks.RegionLookup{
		Subject: at.subject, Mapping: mapping, Region: region,
		HasRow: s.doc.Mappings.At(mapping, region) != nil || len(in) == 4 && in[3].Get("DefaultValue") != nil,
		Sample: sample, Exists: at.exists.String(), File: p.File, Line: p.Line, Column: p.Column,
	})
}

func readsRegion(n *cfn.Node) bool {
	if name, is := n.Ref(); is {
		return name == "AWS::Region"
	}
	return n.IsCall("Fn::Sub") && n.Arg().Is("${AWS::Region}")
}
