package parameters

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/pattern"
)

// constraints lists what the template demands of the value, and whether it is
// so. A value that is not known leaves every constraint unknown.
func constraints(d Declared, v value) []checks.Constraint {
	var all []checks.Constraint
	add := func(kind, bound, holds, why string) {
		if v.origin == checks.OriginNone || !v.known {
			holds, why = checks.HoldsUnknown, "the value is not known"
		}
		all = append(all, checks.Constraint{Kind: kind, Bound: bound, Holds: holds, Why: why, Description: d.Description})
	}
	if rule, ok := typeRules[elementType(d.Type)]; ok {
		add("Type", d.Type, each(d, v.text, rule), "")
	}
	if len(d.Allowed) > 0 {
		add("AllowedValues", strings.Join(d.Allowed, ", "),
			each(d, v.text, func(item string) bool { return slices.Contains(d.Allowed, item) }), "")
	}
	if d.Pattern != nil {
		holds, why := matches(*d.Pattern, d, v.text)
		add("AllowedPattern", *d.Pattern, holds, why)
	}
	for _, b := range []struct {
		kind  string
		bound *string
		holds func(bound, item float64) bool
	}{
		{"MinValue", d.MinValue, func(bound, item float64) bool { return item >= bound }},
		{"MaxValue", d.MaxValue, func(bound, item float64) bool { return item <= bound }},
	} {
		if b.bound != nil {
			add(b.kind, *b.bound, compare(d, *b.bound, v.text, b.holds), "")
		}
	}
	length := float64(utf8.RuneCountInString(v.text))
	if d.MinLength != nil {
		add("MinLength", *d.MinLength, bounded(*d.MinLength, func(n float64) bool { return length >= n }), "")
	}
	if d.MaxLength != nil {
		add("MaxLength", *d.MaxLength, bounded(*d.MaxLength, func(n float64) bool { return length <= n }), "")
	}
	return all
}

// each applies a rule to the value, or to every item of a list type.
func each(d Declared, text string, rule func(string) bool) string {
	items := []string{text}
	if isList(d.Type) {
		items = split(text)
	}
	for _, item := range items {
		if !rule(item) {
			return checks.HoldsNo
		}
	}
	return checks.HoldsYes
}

func isList(kind string) bool {
	return kind == "CommaDelimitedList" || strings.HasPrefix(kind, "List<")
}

func split(text string) []string {
	items := strings.Split(text, ",")
	for i := range items {
		items[i] = strings.TrimSpace(items[i])
	}
	return items
}

func elementType(kind string) string {
	return strings.TrimSuffix(strings.TrimPrefix(kind, "List<"), ">")
}

// matches demands, as CloudFormation does, that the whole value matches. Where
// no engine decides the pattern, it is unknown.
func matches(allowed string, d Declared, text string) (holds, why string) {
	holds = each(d, text, func(item string) bool {
		ok, unknown := pattern.Matches(allowed, item)
		if unknown != "" {
			why = unknown
		}
		return ok || unknown != ""
	})
	if holds == checks.HoldsNo {
		return holds, ""
	}
	if why != "" {
		return checks.HoldsUnknown, why
	}
	return holds, ""
}

func compare(d Declared, bound, text string, holds func(bound, item float64) bool) string {
	return bounded(bound, func(n float64) bool {
		return each(d, text, func(item string) bool {
			number, err := strconv.ParseFloat(item, 64)
			return err == nil && holds(n, number)
		}) == checks.HoldsYes
	})
}

func bounded(bound string, holds func(n float64) bool) string {
	n, err := strconv.ParseFloat(bound, 64)
	if err != nil {
		return checks.HoldsUnknown
	}
	if holds(n) {
		return checks.HoldsYes
	}
	return checks.HoldsNo
}

// typeRules are the forms that CloudFormation demands of a parameter's type
// before it looks at AWS.
var typeRules = map[string]func(string) bool{
	"Number": func(s string) bool {
		_, err := strconv.ParseFloat(s, 64)
		return err == nil && !strings.ContainsAny(s, "xX_nN")
	},
	"AWS::EC2::VPC::Id":            form(`vpc-[0-9a-f]+`),
	"AWS::EC2::Subnet::Id":         form(`subnet-[0-9a-f]+`),
	"AWS::EC2::SecurityGroup::Id":  form(`sg-[0-9a-f]+`),
	"AWS::EC2::Image::Id":          form(`ami-[0-9a-f]+`),
	"AWS::EC2::Instance::Id":       form(`i-[0-9a-f]+`),
	"AWS::EC2::Volume::Id":         form(`vol-[0-9a-f]+`),
	"AWS::Route53::HostedZone::Id": form(`[A-Z0-9]+`),
}

func form(pattern string) func(string) bool {
	return regexp.MustCompile(fmt.Sprintf(`^%s$`, pattern)).MatchString
}
