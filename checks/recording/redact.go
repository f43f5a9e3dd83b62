package recording

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// Redact replaces what names a customer: account ids, organization ids,
// e-mail addresses, ids of VPCs, subnets, keys and other resources, and the keys
// and values of tags. The same text is replaced
// by the same text everywhere, also inside policy documents and ARNs, so that
// the checks give the same verdicts. keep says which tag keys policies read
// and must stay with their values.
func Redact(r *Recording, keep func(tagKey string) bool) (*Recording, error) {
	plain := *r
	plain.Digest = ""
	text, err := json.Marshal(plain)
	if err != nil {
		return nil, fmt.Errorf("redact the facts: %w", err)
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	var document any
	if err := decoder.Decode(&document); err != nil {
		return nil, fmt.Errorf("redact the facts: %w", err)
	}
	d := &redactor{names: map[string]string{}, counts: map[string]int{}, keys: map[string]string{}, values: map[string]string{}, keep: keep}
	d.tags(document)
	if text, err = json.Marshal(d.walk(document)); err != nil {
		return nil, fmt.Errorf("redact the facts: %w", err)
	}
	redacted, err := Read("the redacted facts", text)
	if err != nil {
		return nil, err
	}
	redacted.Redacted = true
	return redacted, nil
}

// redactor remembers what stands for what.
type redactor struct {
	names  map[string]string // ids and addresses
	counts map[string]int
	keys   map[string]string // of tags
	values map[string]string // of tags
	keep   func(string) bool
}

// resourceForm is what stands for the id of a resource of EC2.
const resourceForm = "%s-%017x"

// shapes are the texts that name somebody wherever they stand, each with the
// form of what replaces it.
var shapes = []struct {
	form  string
	shape *regexp.Regexp
}{
	{"user-%d@example.com", regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}`)},
	{"%012d", regexp.MustCompile(`\b\d{12}\b`)},
	{"ou-redacted-redacted%04d", regexp.MustCompile(`\bou-[a-z0-9]{4,32}-[a-z0-9]{8,32}\b`)},
	{"o-redacted%04d", regexp.MustCompile(`\bo-[a-z0-9]{10,32}\b`)},
	{resourceForm, regexp.MustCompile(`\b(?:vpce-svc|vpce|vpc|subnet|sg|eni|eipalloc|eipassoc|igw|nat|rtb|rtbassoc|acl|pcx|tgw-attach|tgw|vgw|i|ami|vol|snap|fs)-[0-9a-f]{8,17}\b`)},
	{"00000000-0000-0000-0000-%012d", regexp.MustCompile(`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`)},
	{"r-redacted%04d", regexp.MustCompile(`(?:^|\b)r-[a-z0-9]{4,32}$|\br-[a-z0-9]{4,32}/`)},
}

func (d *redactor) walk(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			v[k] = d.walk(v[k])
		}
		return v
	case []any:
		for i := range v {
			v[i] = d.walk(v[i])
		}
		return v
	case string:
		return d.text(v)
	}
	return v
}

func (d *redactor) text(s string) string {
	s = d.conditions(s)
	for _, x := range shapes {
		s = x.shape.ReplaceAllStringFunc(s, func(found string) string {
			name, slash := strings.CutSuffix(found, "/")
			replaced := d.name(x.form, name)
			if slash {
				replaced += "/"
			}
			return replaced
		})
	}
	return s
}

func (d *redactor) name(form, found string) string {
	if replaced, done := d.names[found]; done {
		return replaced
	}
	d.counts[form]++
	if form == resourceForm {
		// What kind of resource it is, policies and readers must still see.
		kind := found[:strings.LastIndexByte(found, '-')]
		d.names[found] = fmt.Sprintf(form, kind, d.counts[form])
	} else {
		d.names[found] = fmt.Sprintf(form, d.counts[form])
	}
	return d.names[found]
}

// tags replaces the tags of every record that has some.
func (d *redactor) tags(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, k := range slices.Sorted(maps.Keys(v)) {
			list, isList := v[k].([]any)
			if k != "tags" || !isList {
				d.tags(v[k])
				continue
			}
			for _, item := range list {
				if tag, isTag := item.(map[string]any); isTag {
					d.tag(tag)
				}
			}
		}
	case []any:
		for _, item := range v {
			d.tags(item)
		}
	}
}

func (d *redactor) tag(tag map[string]any) {
	key, _ := tag["key"].(string)
	value, _ := tag["value"].(string)
	if key == "" || d.keep(key) {
		return
	}
	tag["key"] = numbered(d.keys, "tag-key-%d", key)
	if value != "" {
		tag["value"] = numbered(d.values, "tag-value-%d", value)
	}
}

func numbered(known map[string]string, form, text string) string {
	if _, done := known[text]; !done {
		known[text] = fmt.Sprintf(form, len(known)+1)
	}
	return known[text]
}

var tagCondition = regexp.MustCompile(`(?i)((?:Request|Resource|Principal)Tag/)([^"'\s]+)`)

// conditions replaces tags in the policy documents that test them.
func (d *redactor) conditions(s string) string {
	if !tagCondition.MatchString(s) {
		return s
	}
	s = tagCondition.ReplaceAllStringFunc(s, func(found string) string {
		parts := tagCondition.FindStringSubmatch(found)
		for key, replaced := range d.keys {
			if strings.EqualFold(key, parts[2]) {
				return parts[1] + replaced
			}
		}
		return found
	})
	for _, value := range slices.Sorted(maps.Keys(d.values)) {
		s = strings.ReplaceAll(s, `"`+value+`"`, `"`+d.values[value]+`"`)
	}
	return s
}
