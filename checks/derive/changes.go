package derive

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
)

// bySubject are the changes of an upgrade by the resource.
func bySubject(changes []checks.Change) map[string]checks.Change {
	out := make(map[string]checks.Change, len(changes))
	for _, c := range changes {
		out[c.Subject] = c
	}
	return out
}

// toChange are the actions of a resource of which the comparison of both
// releases tells what happens to it; ok is false where it does not tell.
func (d *deriver) toChange(r *resource, t *awsdata.Type) (c *collection, ok bool, err error) {
	change, known := d.changes[r.Subject]
	if !known {
		return nil, false, nil
	}
	switch {
	case change.Action == checks.ChangeCreated && change.Certain, change.Action == checks.ChangeReplaced && change.Certain:
		c, err = d.toCreate(r, t)
		return c, true, err
	case change.Action == checks.ChangeReplaced:
		if c, err = d.toUpdate(r, t); err != nil {
			return nil, false, err
		}
		created, err := d.toCreate(r, t)
		if err != nil {
			return nil, false, err
		}
		for _, a := range created.all {
			c.add(whyReplaced, a.action)
		}
		return c, true, nil
	}
	return nil, false, nil
}

// discarded adds the calls that delete the old resources of replacements and
// deletions: for certain where their policies are known not to keep them.
func (d *deriver) discarded(in []checks.Change) error {
	if d.run.Phase != checks.Upgrade {
		return nil
	}
	for _, c := range in {
		if c.Fate != "deleted" && c.Fate != "snapshot" || custom(c.Type) {
			continue
		}
		why := ""
		switch {
		case c.Certain && c.FateCertain:
		case c.Action == checks.ChangeReplaced:
			why = whyReplaced
		default:
			why = whyGone
		}
		old := checks.StackResource{LogicalID: c.LogicalID, Type: c.Type, PhysicalID: known(c.OldName)}
		if err := d.remove(c.Subject, old, why); err != nil {
			return err
		}
	}
	return nil
}

// known is a name without unknown parts; empty for any other.
func known(name string) string {
	if strings.Contains(name, "*") {
		return ""
	}
	return name
}

func custom(typ string) bool {
	return strings.HasPrefix(typ, "Custom::") || typ == "AWS::CloudFormation::CustomResource"
}

// compared tells of a resource that leaves the stack whether the comparison
// knows what becomes of it.
func (d *deriver) compared(subject string) bool {
	c, is := d.changes[subject]
	return is && c.Fate != ""
}
