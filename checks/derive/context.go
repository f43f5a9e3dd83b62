package derive

import (
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// setting is one condition key of a call. Calls with equal settings are one
// request to the evaluator.
type setting struct {
	key   string
	value iam.Value
}

// settings are the condition keys that belong to a call for a resource; those
// of the deployer come in addition. Keys that neither the action nor the type
// of resource has are absent.
func (d *deriver) settings(r *resource, a *awsdata.Action, t *awsdata.ResourceType) []setting {
	keys := a.Keys
	if t != nil && len(t.Keys) > 0 {
		keys = slices.Concat(keys, t.Keys)
	}
	var out []setting
	seen := map[string]bool{}
	for _, key := range keys {
		if seen[key] {
			continue
		}
		seen[key] = true
		out = append(out, d.setting(r, a, key)...)
	}
	out = append(out, setting{"aws:RequestedRegion", d.requestedRegion(a)})
	for _, pair := range [...][2]string{{"aws:RequestTag/${TagKey}", "aws:RequestTag/*"}, {"aws:TagKeys", "aws:TagKeys"}, {"aws:ResourceTag/${TagKey}", "aws:ResourceTag/*"}} {
		if !seen[pair[0]] {
			out = append(out, setting{pair[1], iam.Value{State: iam.KeyAbsent}})
		}
	}
	return out
}

func (d *deriver) setting(r *resource, a *awsdata.Action, key string) []setting {
	unknown := iam.Value{State: iam.KeyUnknown}
	switch key {
	case "aws:RequestTag/${TagKey}":
		if r.tags.later && !a.Tags {
			return []setting{{"aws:RequestTag/*", iam.Value{State: iam.KeyAbsent}}}
		}
		return r.tags.requestTags()
	case "aws:TagKeys":
		if r.tags.later && !a.Tags {
			return []setting{{key, iam.Value{State: iam.KeyAbsent}}}
		}
		return []setting{{key, r.tags.keys()}}
	case "iam:PassedToService":
		return []setting{{key, d.passedTo(r)}}
	case "s3:ResourceAccount", "kms:CallerAccount":
		return []setting{{key, d.ownAccount(a)}}
	case "s3:locationconstraint":
		return []setting{{key, d.locationConstraint()}}
	case "ec2:Region":
		return []setting{{key, d.region(d.run.Region)}}
	}
	for _, p := range d.tables.PropertyKeys(r.Type) {
		if strings.EqualFold(p.Key, key) {
			return []setting{{key, propertyValue(r.properties, p)}}
		}
	}
	if stem, is := strings.CutSuffix(key, "${TagKey}"); is {
		return []setting{{stem + "*", unknown}}
	}
	return []setting{{key, unknown}}
}

// systemTags are the tags that CloudFormation adds of itself. Whether a service
// counts them among the tags of a request is not documented.
var systemTags = []string{"aws:cloudformation:logical-id", "aws:cloudformation:stack-id", "aws:cloudformation:stack-name"}

// requestTags are the tags of the call. Where all of them are known, no other is
// there but those of CloudFormation's own.
func (s *tagSet) requestTags() []setting {
	out := make([]setting, 0, len(s.tags)+1)
	for _, t := range s.tags {
		v := iam.Is(t.value)
		if !t.known {
			v = iam.Value{State: iam.KeyPresent}
		}
		out = append(out, setting{"aws:RequestTag/" + t.key, v})
	}
	others := iam.KeyAbsent
	if s.open {
		others = iam.KeyUnknown
	}
	if s.system {
		out = append(out, setting{"aws:RequestTag/aws:cloudformation:*", iam.Value{State: iam.KeyUnknown}})
	}
	return append(out, setting{"aws:RequestTag/*", iam.Value{State: others}})
}

func (s *tagSet) keys() iam.Value {
	if s.open {
		return iam.Value{State: iam.KeyUnknown}
	}
	names := make([]string, len(s.tags))
	for i, t := range s.tags {
		names[i] = t.key
	}
	keys := iam.Is(names...)
	if s.system {
		keys.Perhaps = systemTags
	}
	return keys
}

func propertyValue(properties template.Value, p awsdata.PropertyKey) iam.Value {
	switch isSet(properties, p.Path) {
	case template.No:
		v := iam.Value{State: iam.KeyAbsent}
		if p.Default != "" {
			v.Perhaps = []string{p.Default}
		}
		return v
	case template.Undecided:
		return iam.Value{State: iam.KeyUnknown}
	}
	if !p.Value {
		return iam.Value{State: iam.KeyPresent}
	}
	v := properties
	for _, step := range p.Path {
		if items := v.Items(); len(items) == 1 {
			v = items[0]
		}
		v = v.Get(step)
	}
	spelled := func(text string) string {
		if p.Kebab {
			return strings.Join(camelWords(text), "-")
		}
		return text
	}
	if text, known := v.Literal(); known {
		return iam.Is(spelled(text))
	}
	if v.Kind != template.List {
		return iam.Value{State: iam.KeyPresent}
	}
	var all []string
	for _, item := range v.Items() {
		text, known := item.Literal()
		if !known {
			return iam.Value{State: iam.KeyPresent}
		}
		all = append(all, spelled(text))
	}
	return iam.Is(all...)
}

// ownAccount is the value of a key that holds the account, for a resource that
// the release changes: another account's is at most read.
func (d *deriver) ownAccount(a *awsdata.Action) iam.Value {
	if d.run.Account == "" || !a.Writes {
		return iam.Value{State: iam.KeyUnknown}
	}
	return iam.Is(d.run.Account)
}

// locationConstraint is the region that a bucket is created in. In us-east-1
// none is given.
func (d *deriver) locationConstraint() iam.Value {
	if d.run.Region == "us-east-1" {
		return iam.Value{State: iam.KeyAbsent, Perhaps: []string{"us-east-1"}}
	}
	return d.region(d.run.Region)
}

func (d *deriver) region(name string) iam.Value {
	if name == "" {
		return iam.Value{State: iam.KeyPresent}
	}
	return iam.Is(name)
}

// requestedRegion is the region of the endpoint that a call goes to. Services
// without regions have one endpoint in each partition; which it is in a
// partition without data, nobody knows.
func (d *deriver) requestedRegion(a *awsdata.Action) iam.Value {
	service, _, _ := strings.Cut(a.Name, ":")
	if own := awsdata.GlobalRegion(service, d.run.Partition); own != "" {
		return iam.Is(own)
	}
	if awsdata.IsGlobal(service) {
		return iam.Value{State: iam.KeyPresent}
	}
	return d.region(d.run.Region)
}

// passedTo is the service that gets the role: the one that the role's own trust
// policy lets assume it.
func (d *deriver) passedTo(r *resource) iam.Value {
	found := iam.Value{State: iam.KeyPresent}
	for _, p := range r.texts {
		trusted, known := d.trust[p.text.value]
		if !known || len(trusted) != 1 {
			continue
		}
		if found.State == iam.KeyKnown && found.Values[0] != trusted[0] {
			return iam.Value{State: iam.KeyPresent}
		}
		found = iam.Is(trusted[0])
	}
	return found
}

// trusts reads which services may assume each role of the release.
func trusts(all []*resource) map[string][]string {
	out := map[string][]string{}
	for _, r := range all {
		if r.Type != "AWS::IAM::Role" {
			continue
		}
		var services []string
		for _, s := range r.properties.Get("AssumeRolePolicyDocument", "Statement").Items() {
			services = append(services, principals(s.Get("Principal", "Service"))...)
		}
		out[r.ARN.Text()] = services
		out[r.Name.Text()] = services
	}
	return out
}

func principals(v template.Value) []string {
	if text, known := v.Literal(); known {
		return []string{text}
	}
	var out []string
	for _, item := range v.Items() {
		text, known := item.Literal()
		if !known {
			text = "*"
		}
		out = append(out, text)
	}
	return out
}
