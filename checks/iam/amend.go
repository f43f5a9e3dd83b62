package iam

import (
	"fmt"
	"slices"
)

// WithStatement is the policy with one statement's text replaced, compiled
// anew, so that a proposed change can be confirmed by evaluation. The rest of
// the document stays as it is, byte for byte.
func (p *Policy) WithStatement(index int, text []byte) (*Policy, error) {
	if index < 0 || index >= len(p.statements) {
		return nil, fmt.Errorf("amend %s: there is no statement %d", p.name, index)
	}
	s := &p.statements[index]
	amended, err := Parse(p.name, p.kind, slices.Concat(p.doc[:s.start], text, p.doc[s.end:]))
	if err != nil {
		return nil, fmt.Errorf("amend statement %d: %w", index, err)
	}
	return amended, nil
}

// Replace is a copy of the policies with one policy put in another's place,
// wherever that is attached.
func (p *Policies) Replace(old, amended *Policy) *Policies {
	swap := func(list []*Policy) []*Policy {
		out := slices.Clone(list)
		for i := range out {
			if out[i] == old {
				out[i] = amended
			}
		}
		return out
	}
	swapLevels := func(levels [][]*Policy) [][]*Policy {
		out := slices.Clone(levels)
		for i := range out {
			out[i] = swap(out[i])
		}
		return out
	}
	with := *p
	with.Identity, with.Boundary, with.Session, with.Resource = swap(p.Identity), swap(p.Boundary), swap(p.Session), swap(p.Resource)
	with.SCPs, with.RCPs = swapLevels(p.SCPs), swapLevels(p.RCPs)
	return &with
}
