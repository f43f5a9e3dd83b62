package derive

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/registry"
)

const requestTag = "aws:RequestTag/"

// tagAdvice says which tags of the root stack let the hit calls through, or ""
// when tags do not: CloudFormation passes them on to every type that takes tags.
// The evaluator has the last word.
func (n *Needs) tagAdvice(first *hit, hits []denied, w world) (string, error) {
	tags := map[string]string{}
	for _, c := range first.statement.Conditions() {
		key := c.Key()
		if len(key) <= len(requestTag) || !strings.EqualFold(key[:len(requestTag)], requestTag) {
			continue
		}
		value := "VALUE"
		if c.Negated() && len(c.Values()) > 0 {
			value = strings.NewReplacer("*", "x", "?", "x").Replace(c.Values()[0])
		}
		tags[key[len(requestTag):]] = value
	}
	if len(tags) == 0 {
		return "", nil
	}
	policies := alone(first.statement.Policy(), first.layer)
	for _, h := range hits {
		if !h.request.need.takesStackTags() {
			return "", nil
		}
		q, err := n.query(h.request, w)
		if err != nil {
			return "", err
		}
		tagged, err := withTags(q, tags)
		if err != nil {
			return "", err
		}
		if slices.ContainsFunc(policies.Denials(tagged), func(d iam.Denial) bool { return d.Statement == first.statement }) {
			return "", nil
		}
	}
	var flags []string
	for _, key := range slices.Sorted(maps.Keys(tags)) {
		flags = append(flags, key+"="+tags[key])
	}
	return fmt.Sprintf("Give the root stack the tags %s (--stack-tag); CloudFormation passes them on to what it creates.", strings.Join(flags, ", ")), nil
}

// takesStackTags says whether a tag of the root stack is in the call.
func (n *need) takesStackTags() bool {
	if n.direct {
		return true
	}
	t, listed := registry.Lookup(n.user.Type)
	return listed && t.Tagging.Taggable && (t.Tagging.OnCreate || n.action.Tags)
}

func withTags(q *iam.Query, tags map[string]string) (*iam.Query, error) {
	r := q.Request()
	r.Context = maps.Clone(r.Context)
	keys := r.Context["aws:TagKeys"]
	for key, value := range tags {
		r.Context[requestTag+key] = iam.Is(value)
		keys = iam.Value{State: iam.KeyKnown, Values: append(slices.Clone(keys.Values), key), Perhaps: keys.Perhaps}
	}
	r.Context["aws:TagKeys"] = keys
	return iam.NewQuery(r)
}
