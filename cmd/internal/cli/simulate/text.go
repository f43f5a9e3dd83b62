package simulate

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// simulateText is the answer for a person: who asks for what, what denies it
// and why, and what would allow it.
func simulateText(e iam.Explanation, r iam.Request) string {
	var b strings.Builder
	row := func(label, text string) {
		if text != "" {
			fmt.Fprintf(&b, "  %-10s %s\n", label, text)
		}
	}
	fmt.Fprintf(&b, "%s: %s\n\n", verdictWords[e.Decision], r.Action)
	row("principal", r.Principal)
	row("action", r.Action)
	row("resource", resourceText(r))
	if region := r.Context["aws:RequestedRegion"]; region.State == iam.KeyKnown {
		row("region", strings.Join(region.Values, ", "))
	}
	if e.Decision == iam.Allowed {
		return b.String()
	}
	row(map[bool]string{true: "depends on", false: "denied by"}[e.Decision == iam.Unknown], placeText(e))
	row("because", becauseText(e, r))
	for i, line := range remedies(e, r) {
		label := ""
		if i == 0 {
			label = "to allow"
		}
		row(label, line)
	}
	return b.String()
}

var verdictWords = map[iam.Decision]string{
	iam.Allowed: "Allowed", iam.ExplicitlyDenied: "Denied (explicitly)", iam.ImplicitlyDenied: "Denied (no policy allows it)", iam.Unknown: "Unknown",
}

func resourceText(r iam.Request) string {
	if r.ResourceIsPattern && strings.ContainsAny(r.Resource, "*?") {
		return r.Resource + " (any that matches)"
	}
	return r.Resource
}

// layerText names the layer that decides.
func layerText(c iam.Cause) string {
	switch c.Layer {
	case iam.SCP, iam.RCP:
		if c.Statement != nil {
			return strings.ToUpper(c.Layer.String()) // the name of its policy tells the level
		}
		return fmt.Sprintf("%ss of level %d, counted from the root", strings.ToUpper(c.Layer.String()), c.Level+1)
	case iam.Boundary:
		return "permissions boundary"
	case iam.Session:
		return "session policy"
	case iam.Resource:
		return "resource policy"
	}
	return "identity policy"
}

func placeText(e iam.Explanation) string {
	layer := layerText(e.Cause)
	if e.Decision == iam.ImplicitlyDenied || e.Cause.Statement == nil {
		if e.Statement == nil {
			return layer + ": no statement allows it"
		}
		return layer + ": no statement allows it; the closest is " + statementText(e.Statement)
	}
	return layer + ", " + statementText(e.Statement)
}

func statementText(s *iam.Statement) string {
	name := fmt.Sprintf("statement %d", s.Index()+1)
	if s.Sid() != "" {
		name = "statement " + s.Sid()
	}
	return fmt.Sprintf("%s of %s (line %d)", name, s.Policy().Name(), s.Line())
}

// becauseText is the condition that decides, with the value of its key.
func becauseText(e iam.Explanation, r iam.Request) string {
	c := e.Condition
	if c == nil {
		return ""
	}
	have := "is not known"
	for key, v := range r.Context {
		if !strings.EqualFold(key, c.Key()) {
			continue
		}
		switch v.State {
		case iam.KeyKnown:
			have = "is " + strings.Join(v.Values, ", ")
		case iam.KeyAbsent:
			have = "is not in the request"
		}
	}
	return fmt.Sprintf("%s %s; the condition is %s [%s]", c.Key(), have, c.Operator(), strings.Join(c.Values(), ", "))
}

// remedies are the changes or the values that would let the request through.
func remedies(e iam.Explanation, r iam.Request) []string {
	switch e.Decision {
	case iam.Unknown:
		out := []string{}
		for _, p := range e.Passing {
			value := strings.Join(p.Value.Values, ", ")
			if p.Pattern != "" {
				value = p.Pattern
			}
			if p.Value.State == iam.KeyAbsent {
				value = "(absent)"
			}
			out = append(out, p.Key+" = "+value)
		}
		if len(out) == 0 {
			out = append(out, "find out: "+strings.Join(e.DependsOn, ", ")+" (give keys with --context KEY=VALUE)")
		}
		return out
	case iam.ImplicitlyDenied:
		return []string{fmt.Sprintf("allow %s on %s in the %s", r.Action, r.Resource, layerText(e.Cause))}
	}
	exempt := "exempt the principal: add the condition ArnNotLike aws:PrincipalArn to the statement"
	if c := e.Condition; c != nil {
		values := strings.Join(c.Values(), ", ")
		if c.Negated() {
			return []string{fmt.Sprintf("use %s = %s, or add the value of the request to that list", c.Key(), values), "or " + exempt}
		}
		return []string{fmt.Sprintf("use another value of %s than the statement denies", c.Key()), "or " + exempt}
	}
	return []string{fmt.Sprintf("remove %s from the statement", r.Action), "or " + exempt}
}
