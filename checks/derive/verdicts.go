package derive

import (
	"fmt"
	"slices"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// cause is one statement, or one layer or level without an Allow, and the
// action that it keeps from the release.
type cause struct {
	layer     iam.Kind
	level     int
	statement *iam.Statement // nil when nothing there allows the action
	action    string
	actor     *actor // nil for the deployer
	certain   bool
	ifNew     bool // denied for certain, when the resource is not there yet
}

// weight is how surely a call is made.
type weight uint8

const (
	unsure weight = iota
	ifNew         // when the resource is not there yet, which nobody looked at
	sure
)

func (n *need) weight() weight {
	switch n.why {
	case "":
		return sure
	case whyNew:
		return ifNew
	}
	return unsure
}

// hit is one cause with every request that it denies or may deny.
type hit struct {
	cause
	denied []denied
	why    string // what an uncertain one turns on beside condition keys
	vague  bool   // the policies, not only the need, leave it uncertain
	// differs says that it is not the same in every world, so that it depends on
	// the account or organization, too.
	differs bool
	query   *iam.Query
}

// denied is one request of a hit with the resources that are concerned.
type denied struct {
	request *request
	users   []*need
}

// judgement is what a set of policies says to the release.
type judgement struct {
	hits []*hit
}

// judge decides every request in every world. A denial is certain when it is so
// in all of them, for a call that is made for certain.
func (n *Needs) judge(policies *iam.Policies, told []world, complete bool) (*judgement, error) {
	j := &judgement{}
	byCause := map[cause]*hit{}
	byAction := map[string]*iam.Policies{}
	for _, r := range n.requests {
		if r.need.actor != nil && !policies.Administrator {
			continue // the deployer's own policies say nothing of others
		}
		about := byAction[r.need.action.Name]
		if about == nil {
			about = &iam.Policies{
				Administrator: policies.Administrator, Identity: policies.Identity, Boundary: policies.Boundary,
				SCPs: n.relevance.about(r.need.action.Name, policies.SCPs), RCPs: n.relevance.about(r.need.action.Name, policies.RCPs),
			}
			byAction[r.need.action.Name] = about
		}
		found, err := n.denials(r, about, told)
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			if !complete {
				f.certain = false
			}
			if r.need.actor != nil && !f.certain {
				// What a role may call reaches far: only a denial of all of it counts.
				continue
			}
			for w := sure; ; w-- {
				if users := r.made(w); len(users) > 0 {
					j.add(byCause, f, denied{r, users}, w)
				}
				if w == unsure {
					break
				}
			}
		}
	}
	j.settle(byCause)
	return j, nil
}

// add puts a denial of one request to its cause.
func (j *judgement) add(byCause map[cause]*hit, f found, d denied, w weight) {
	c := f.cause
	c.certain, c.ifNew = f.certain && w == sure, f.certain && w == ifNew
	h := byCause[c]
	if h == nil {
		h = &hit{cause: c, query: f.query}
		byCause[c] = h
		j.hits = append(j.hits, h)
	}
	h.vague, h.differs = h.vague || !f.certain, h.differs || f.differs
	if f.certain && w != sure {
		h.why = d.users[0].why
	} else if f.why != "" {
		h.why = f.why
	}
	h.denied = append(h.denied, d)
}

// settle leaves out what only new resources would add to a cause that is
// certain as it is, and makes one hit of what turns on the need alone.
func (j *judgement) settle(byCause map[cause]*hit) {
	j.hits = slices.DeleteFunc(j.hits, func(h *hit) bool {
		c := h.cause
		if c.ifNew {
			c.certain, c.ifNew = true, false
			return byCause[c] != nil
		}
		c.ifNew = true
		sibling := byCause[c]
		if h.certain || h.vague || sibling == nil {
			return false
		}
		sibling.denied = append(sibling.denied, h.denied...)
		return true
	})
}

// made are the resources that make the call so surely.
func (r *request) made(w weight) []*need {
	var out []*need
	for _, u := range r.users {
		if u.weight() == w {
			out = append(out, u)
		}
	}
	return out
}

// found is one denial of one request.
type found struct {
	cause
	why     string
	differs bool       // it is not the same in every world
	query   *iam.Query // in the world that shows it best
}

const whyWorld = "the account that is deployed into or its organization, which are not known"

// denials are everything that denies a request or may, over all worlds.
func (n *Needs) denials(r *request, policies *iam.Policies, told []world) ([]found, error) {
	var out []found
	var count []int // worlds in which each is there
	for _, w := range told {
		q, err := n.query(r, w)
		if err != nil {
			return nil, fmt.Errorf("ask for %s on %s: %w", r.need.action.Name, r.need.target.arn.value, err)
		}
		for _, d := range policies.Denials(q) {
			c := cause{layer: d.Layer, level: d.Level, statement: d.Statement, action: r.need.action.Name, actor: r.need.actor}
			at := -1
			for i := range out {
				if base := out[i].cause; base.layer == c.layer && base.level == c.level && base.statement == c.statement {
					at = i
				}
			}
			if at < 0 {
				c.certain = d.Certain
				out, count = append(out, found{cause: c, query: q}), append(count, 1)
				continue
			}
			count[at]++
			out[at].differs = out[at].differs || out[at].certain != d.Certain
			if out[at].certain && !d.Certain {
				out[at].certain, out[at].query = false, q
			}
		}
	}
	for i := range out {
		if count[i] == len(told) {
			continue
		}
		out[i].differs = true
		if out[i].certain {
			out[i].certain, out[i].why = false, whyWorld
		}
	}
	return out, nil
}
