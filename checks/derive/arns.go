package derive

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
)

// target is one resource that a call is authorized on.
type target struct {
	kind *awsdata.ResourceType // nil for an action without resource types
	arn  text
	// loose says that nothing told which resource it is: it may be another
	// account's.
	loose bool
}

// targets are the resources that a call of an action for a resource is
// authorized on: one for each type that the action requires.
func (d *deriver) targets(r *resource, a *awsdata.Action) []target {
	if len(a.Types) == 0 {
		return []target{{arn: text{value: "*"}}}
	}
	if a.Name == "iam:CreateServiceLinkedRole" {
		return []target{{kind: &a.Types[0], arn: text{"arn:" + d.partition() + ":iam::" + orStar(d.run.Account) + ":role/aws-service-role/*", true}}}
	}
	var out []target
	if a.Tags {
		// Tagging is for one resource, of whichever of the types it is.
		for i := range a.Types {
			if own := textOf(r.ARN); fits(a.Types[i].Format, own.value) {
				return []target{{kind: &a.Types[i], arn: own}}
			}
		}
	}
	for i := range a.Types {
		if t := &a.Types[i]; t.Required {
			out = append(out, d.located(r, t, true)...)
		}
	}
	if len(out) > 0 {
		return out
	}
	// None is required: it is one of those that the template shows, or unknown.
	for i := range a.Types {
		out = append(out, d.located(r, &a.Types[i], false)...)
	}
	if len(out) == 0 {
		return []target{{arn: text{"*", true}, loose: true}}
	}
	return out
}

// located finds the ARNs of one type of resource: the template resource's own,
// those that its properties hold, or one made of names among them. A required
// one that nothing tells is a pattern of its type.
func (d *deriver) located(r *resource, t *awsdata.ResourceType, required bool) []target {
	if own := textOf(r.ARN); fits(t.Format, own.value) {
		return []target{{kind: t, arn: own}}
	}
	var out []target
	add := func(arn text) {
		for _, have := range out {
			if have.arn == arn {
				return
			}
		}
		out = append(out, target{kind: t, arn: arn})
	}
	if strings.HasSuffix(t.Format, ":s3:::${BucketName}/${ObjectName}") {
		for _, a := range r.assets {
			if a.Bucket != "" && a.Key != "" {
				add(text{"arn:" + d.partition() + ":s3:::" + a.Bucket + "/" + a.Key, strings.Contains(a.Bucket+a.Key, "*")})
			}
		}
	}
	for _, p := range r.texts {
		if fits(t.Format, cut(p.text, t.Format).value) {
			add(cut(p.text, t.Format))
		}
	}
	if len(out) > 0 {
		return out
	}
	if name, ok := variable(t.Format); ok {
		for _, p := range r.texts {
			if stem(p.key) == stem(name) && !isARN(p.text.value) {
				add(d.filled(t.Format, name, p.text))
			}
		}
	}
	if len(out) == 0 && required {
		out = append(out, target{kind: t, arn: d.filled(t.Format, "", text{}), loose: true})
	}
	return out
}

// cut leaves out what a property says beyond the resource itself, such as the
// folder in a bucket.
func cut(arn text, format string) text {
	if strings.HasSuffix(format, ":s3:::${BucketName}") {
		arn.value, _, _ = strings.Cut(arn.value, "/")
	}
	return arn
}

// fits says whether an ARN is of a format. A name may hold slashes, but no
// colons: they tell a topic from its subscriptions.
func fits(format, arn string) bool {
	if strings.Contains(format, ":log-group:${LogGroupName}") {
		arn = strings.TrimSuffix(arn, ":*") // which stands for the streams
	}
	return isARN(arn) && strings.Count(format, ":") == strings.Count(arn, ":") && matches(globOf(format), arn)
}

func orStar(s string) string {
	if s == "" {
		return "*"
	}
	return s
}

func isARN(s string) bool { return strings.HasPrefix(s, "arn:") }

func (d *deriver) partition() string {
	return orStar(d.run.Partition)
}

// filled is a format with its variables replaced; those that nothing tells are
// stars.
func (d *deriver) filled(format, name string, value text) text {
	out := text{}
	var b strings.Builder
	for format != "" {
		before, rest, found := strings.Cut(format, "${")
		b.WriteString(before)
		if !found {
			break
		}
		variable, after, _ := strings.Cut(rest, "}")
		known := ""
		switch variable {
		case "Partition":
			known = d.run.Partition
		case "Region":
			known = d.run.Region
		case "Account":
			known = d.run.Account
		case name:
			known = lastSegment(value.value)
			out.pattern = out.pattern || value.pattern
		}
		if known == "" {
			known, out.pattern = "*", true
		}
		b.WriteString(known)
		format = after
	}
	out.value = b.String()
	return out
}

// lastSegment is the name at the end of a URL, such as a queue's.
func lastSegment(s string) string {
	if strings.Contains(s, "://") {
		return s[strings.LastIndexByte(s, '/')+1:]
	}
	return s
}

// variable is the one variable of a format's resource part.
func variable(format string) (string, bool) {
	parts := strings.SplitN(format, ":", 6)
	if len(parts) < 6 || strings.Count(parts[5], "${") != 1 {
		return "", false
	}
	_, rest, _ := strings.Cut(parts[5], "${")
	name, _, ok := strings.Cut(rest, "}")
	return name, ok
}

// stem reduces the name of a property or variable to what it names: Roles,
// RoleName and RoleNameWithPath are all role.
func stem(key string) string {
	for _, suffix := range []string{"NameWithPath", "Names", "Name", "Ids", "Id", "Arns", "Arn", "ARN"} {
		if cut, is := strings.CutSuffix(key, suffix); is && cut != "" {
			key = cut
			break
		}
	}
	return strings.ToLower(strings.TrimSuffix(key, "s"))
}

// globOf is a format with a star for each variable.
func globOf(format string) string {
	var b strings.Builder
	for format != "" {
		before, rest, found := strings.Cut(format, "${")
		b.WriteString(before)
		if !found {
			break
		}
		b.WriteByte('*')
		_, format, _ = strings.Cut(rest, "}")
	}
	return b.String()
}

// matches compares a text with a glob in which a star stands for anything.
func matches(glob, s string) bool {
	first, rest, found := strings.Cut(glob, "*")
	if !found {
		return glob == s
	}
	if !strings.HasPrefix(s, first) {
		return false
	}
	s = s[len(first):]
	for {
		next, after, more := strings.Cut(rest, "*")
		if !more {
			return strings.HasSuffix(s, next)
		}
		i := strings.Index(s, next)
		if i < 0 {
			return false
		}
		s, rest = s[i+len(next):], after
	}
}
