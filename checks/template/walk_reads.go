package template

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

// read notes GetAtt of an output of a nested stack.
func (w *walker) read(n *node, at spot) {
	a := n.arg()
	if a.isScalar() {
		id, attribute, _ := strings.Cut(a.text, ".")
		w.output(id, attribute, n, at)
		return
	}
	if in := args(a, 2, 2); in != nil && in[0].isScalar() && in[1].isScalar() {
		w.output(in[0].text, in[1].text, n, at)
	}
}

func (w *walker) output(id, attribute string, n *node, at spot) {
	name, is := strings.CutPrefix(attribute, "Outputs.")
	if !is {
		return
	}
	s := w.stack
	p := s.at(n)
	r := checks.OutputRead{
		Subject: at.subject, Child: s.subject(id), Output: name, Declared: "unknown", Produced: checks.ExistsUndecided,
		Exists: at.exists.String(), File: p.File, Line: p.Line, Column: p.Column,
	}
	if child := s.children[id]; child != nil {
		r.Declared, r.Produced = "no", checks.ExistsNo
		if len(child.doc.loops) > 0 {
			r.Declared = "unknown"
		}
		for _, e := range child.doc.outputs {
			if e.key == name {
				r.Declared, r.Produced = "yes", child.produced(e).String()
			}
		}
	}
	w.reads = append(w.reads, r)
}

// lookup notes a mapping that is read by the region.
func (w *walker) lookup(n, a *node, at spot) {
	in := args(a, 3, 4)
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
		if row := s.doc.mappings.path(mapping, "us-east-1", column); row.isScalar() {
			sample = row.text
		}
	}
	p := s.at(n)
	w.lookups = append(w.lookups, checks.RegionLookup{
		Subject: at.subject, Mapping: mapping, Region: region,
		HasRow: s.doc.mappings.path(mapping, region) != nil || len(in) == 4 && in[3].get("DefaultValue") != nil,
		Sample: sample, Exists: at.exists.String(), File: p.File, Line: p.Line, Column: p.Column,
	})
}

func readsRegion(n *node) bool {
	if n.kind != callNode || !n.arg().isScalar() {
		return false
	}
	return n.fn == "Ref" && n.arg().text == "AWS::Region" || n.fn == "Fn::Sub" && n.arg().text == "${AWS::Region}"
}
