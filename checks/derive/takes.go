package derive

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// taken is one action that a resource takes. An empty why means that it does
// for certain; otherwise it says what that turns on.
type taken struct {
	action string
	why    string
}

// collection gathers actions; what is certain wins over what is not, and what
// only a new resource takes over the rest.
type collection struct{ all []taken }

func (c *collection) add(why string, actions ...string) {
	for _, a := range actions {
		i := slices.IndexFunc(c.all, func(have taken) bool { return have.action == a })
		switch {
		case i < 0:
			c.all = append(c.all, taken{a, why})
		case why == "" || why == whyNew && c.all[i].why != "":
			c.all[i].why = why
		}
	}
}

const (
	whyFirstUse  = "whether the account has a service-linked role for the service already"
	whyHandler   = "the properties that are set: CloudFormation makes the call for some of them only"
	whyCondition = "whether the template sets the property, which is known at deployment"
	whyReplaced  = "whether the release changes the resource in a way that replaces it"
	whyChanged   = "whether the release changes the property that requires it"
	whyNew       = "whether the stack has the resource already, which is known with live facts"
	whyGone      = "whether the deployed template retains the resource that the release no longer has"
	whyExists    = "whether the resource is created, which is known at deployment"
)

// byRules applies the rules of a type to a resource.
func byRules(r *resource, rules []awsdata.Rule) *collection {
	c := &collection{}
	for _, rule := range rules {
		why := ""
		applies := template.Yes
		for _, w := range rule.When {
			if w.Kind == awsdata.IfFirstUse {
				why = whyFirstUse
				continue
			}
			switch r.holds(w) {
			case template.No:
				applies = template.No
			case template.Undecided:
				if applies == template.Yes {
					applies, why = template.Undecided, whyCondition
				}
			}
		}
		if applies != template.No {
			c.add(why, rule.Actions...)
		}
	}
	return c
}

// toCreate are the actions that creating the resource takes.
func (d *deriver) toCreate(r *resource, t *awsdata.Type) (*collection, error) {
	if t.Rules != nil {
		return byRules(r, t.Rules), nil
	}
	return d.byHandler(r, t.Create, []string{"Create", "Register", "Put", "Request", "Run", "Allocate", "Start"})
}

// toUpdate are the actions that updating it in place takes. A type without an
// update handler is replaced, when it changes at all.
func (d *deriver) toUpdate(r *resource, t *awsdata.Type) (*collection, error) {
	c := &collection{}
	if t.NoUpdate {
		created, err := d.toCreate(r, t)
		if err != nil {
			return nil, err
		}
		for _, a := range created.all {
			c.add(whyReplaced, a.action)
		}
		return c, nil
	}
	handled, err := d.byHandler(r, t.Update, updateVerbs)
	if err != nil {
		return nil, err
	}
	if err := d.explained(r, handled); err != nil {
		return nil, err
	}
	if t.Rules == nil {
		return handled, nil
	}
	sets := byRules(r, t.Rules)
	var elsewhere []string // what belongs to properties that are not set
	for _, rule := range t.Rules {
		elsewhere = append(elsewhere, rule.Actions...)
	}
	elsewhere = append(elsewhere, t.Apart...)
	for _, a := range handled.all {
		if i := slices.IndexFunc(sets.all, func(s taken) bool { return s.action == a.action }); i >= 0 {
			c.add(sets.all[i].why, a.action)
		} else if !slices.Contains(elsewhere, a.action) {
			c.add(a.why, a.action)
		}
	}
	return c, nil
}

var updateVerbs = []string{"Update", "Modify", "Put", "Set"}

// explained leaves of an update handler's list what the properties explain: an
// action of a property that is not set is not taken, and one that no property
// explains is not certain.
func (d *deriver) explained(r *resource, handled *collection) error {
	kept := handled.all[:0]
	noun := strings.ToLower(r.Type[strings.LastIndex(r.Type, "::")+2:])
	for _, one := range handled.all {
		a, err := d.tables.Action(one.action)
		if err != nil {
			return err
		}
		_, local, _ := strings.Cut(one.action, ":")
		verb := verbOf(local, updateVerbs)
		if a == nil || a.Tags || !a.Writes || verb == "" {
			kept = append(kept, one)
			continue
		}
		switch r.explain(local, verb, noun) {
		case ofAbsent:
			continue
		case ofPerhaps:
			one.why = whyCondition
		case unexplained:
			lacks, err := d.vendorLacks(one.action)
			if err != nil {
				return err
			}
			if lacks {
				continue
			}
			one.why = whyHandler
		}
		kept = append(kept, one)
	}
	handled.all = kept
	return nil
}

// byHandler reads a handler's list, which is a union over all properties of
// the type. Certain is what does the type's own work: a writing action of its
// service, with one of the verbs and named after the type.
func (d *deriver) byHandler(r *resource, listed, verbs []string) (*collection, error) {
	c := &collection{}
	own := ownService(listed)
	noun := strings.ToLower(r.Type[strings.LastIndex(r.Type, "::")+2:])
	var rest []string // writing actions of the service that name nothing
	central := false
	for _, name := range listed {
		a, err := d.tables.Action(name)
		if err != nil {
			return nil, err
		}
		service, local, _ := strings.Cut(name, ":")
		verb := hasVerb(local, verbs)
		switch {
		case a == nil || undoes(local):
		case name == "iam:PassRole":
			if r.passesRole() {
				c.add("", name)
			}
		case name == "iam:CreateServiceLinkedRole":
			c.add(whyFirstUse, name)
		case service == own && a.Tags:
			if r.tags.any != template.No {
				c.add("", name)
			}
		case service == own && a.Writes && verb && strings.Contains(strings.ToLower(local), noun):
			central = true
			c.add("", name)
		case service == own && a.Writes && (verb || strings.ToUpper(local) == local):
			rest = append(rest, name)
		default:
			c.add(whyHandler, name)
		}
	}
	if central {
		c.add(whyHandler, rest...)
	} else {
		c.add("", rest...)
	}
	return c, nil
}

// ownService is the service that most of the actions are of.
func ownService(actions []string) string {
	count := map[string]int{}
	best := ""
	for _, a := range actions {
		service, _, _ := strings.Cut(a, ":")
		if count[service]++; count[service] > count[best] {
			best = service
		}
	}
	return best
}

func hasVerb(local string, verbs []string) bool { return verbOf(local, verbs) != "" }

// verbOf is the verb that a name begins with, or empty.
func verbOf(local string, verbs []string) string {
	for _, v := range verbs {
		if strings.HasPrefix(local, v) {
			return v
		}
	}
	return ""
}

// undoes says whether an action takes something away, which is called only
// when a property goes.
func undoes(local string) bool {
	return local == "DELETE" || hasVerb(local, []string{
		"Delete", "Detach", "Remove", "Untag", "Disassociate", "Deregister", "Revoke", "Unsubscribe", "Disable", "Stop", "Cancel", "Release",
	})
}

func (r *resource) passesRole() bool {
	return slices.ContainsFunc(r.texts, func(t propertyText) bool { return isRoleARN(t.text.value) })
}

func isRoleARN(text string) bool {
	return strings.HasPrefix(text, "arn:") && strings.Contains(text, ":iam::") && strings.Contains(text, ":role/")
}
