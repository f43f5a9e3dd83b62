package sam

import (
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

// Owner is what an id is generated for: a serverless resource, and the event of
// it where it is for one.
type Owner struct {
	Resource *cfn.Resource
	Event    string
}

// Owners are the ids that SAM generates of a template beside those that it
// declares.
type Owners struct {
	of map[string][]Owner
	// partly are the resources of which is not known all that SAM generates.
	partly []*cfn.Resource
}

// OwnersOf finds what every generated id is generated for, whether or not the
// template names the transform.
func OwnersOf(t *cfn.Template, value Value) *Owners {
	g := newGenerator(t, value)
	g.all()
	out := &Owners{of: g.owners}
	for _, u := range g.unexpanded {
		out.partly = append(out.partly, u.Origin)
	}
	return out
}

// hashed is the hash of content that SAM ends some ids with.
var hashed = regexp.MustCompile(`[0-9a-f]{10}$`)

// Of are the owners of an id, which is generated while any of them is there;
// none when SAM generates no such id. Of a resource of which not all is known an
// id that begins with its own counts as generated.
func (o *Owners) Of(id string) []Owner {
	if owners := o.of[id]; owners != nil {
		return owners
	}
	if owners := o.of[hashed.ReplaceAllString(id, "")]; owners != nil {
		return owners
	}
	i := slices.IndexFunc(o.partly, func(r *cfn.Resource) bool { return id != r.ID && strings.HasPrefix(id, r.ID) })
	if i < 0 {
		return nil
	}
	return []Owner{{Resource: o.partly[i]}}
}

// own notes that an id is generated for a resource, or for all that share it.
func (g *generator) own(id string, origin *cfn.Resource) {
	if g.declared[id] != nil {
		return
	}
	owners := g.shared
	if owners == nil {
		owners = []Owner{{origin, g.event}}
	}
	for _, o := range owners {
		if !slices.Contains(g.owners[id], o) {
			g.owners[id] = append(g.owners[id], o)
		}
	}
}
