package changes

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/template"
)

// leaves says what becomes of a resource that the new release does not have: its
// own DeletionPolicy decides, or that of a nested stack which goes with it.
func (c *Comparison) leaves(d *Change) {
	d.Action = Deleted
	d.Fate, d.FateSure = fate(d.Old.DeletionPolicy(), preset(d.Old))
	for path := d.Old.Stack; path != entryStack; {
		above, id := split(path)
		stack := c.old[above+"#"+id]
		if stack == nil {
			break
		}
		if !exists(c.new[stack.Subject]) {
			if kept, sure := fate(stack.DeletionPolicy(), FateDeleted); kept == FateRetained {
				d.Fate, d.FateSure = kept, sure
			} else if !sure {
				d.FateSure = false
			}
		}
		path = above
	}
	if d.Fate == FateRetained && d.FateSure {
		d.Action = Retained
	}
}

// fate reads a policy; a policy that is not known may be any.
func fate(policy template.Value, preset string) (what string, sure bool) {
	if policy.Kind == template.NoValue {
		return preset, true
	}
	text, known := policy.Literal()
	switch {
	case !known:
		return FateDeleted, false
	case strings.HasPrefix(text, "Retain"):
		return FateRetained, true
	case text == "Snapshot":
		return FateSnapshot, true
	}
	return FateDeleted, true
}

// preset is what CloudFormation does without a DeletionPolicy: it takes a
// snapshot of database clusters, and of instances outside of a cluster.
func preset(r *template.Resource) string {
	switch r.Type {
	case "AWS::RDS::DBCluster":
		return FateSnapshot
	case "AWS::RDS::DBInstance":
		if r.Properties().Get("DBClusterIdentifier").Kind == template.NoValue {
			return FateSnapshot
		}
	}
	return FateDeleted
}

const entryStack = "entry"

// split takes the path of a nested stack apart: the stack that holds it, and its
// logical id there.
func split(path string) (above, id string) {
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i], path[i+1:]
	}
	return entryStack, path
}
