package iam

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
)

// generator makes small random policies and requests over few names, so that
// they meet often.
type generator struct{ *rand.Rand }

func newGenerator(seed uint64) generator { return generator{rand.New(rand.NewPCG(seed, 7))} }

func pick[T any](g generator, list ...T) T { return list[g.IntN(len(list))] }

// some is one or two of a list.
func some(g generator, list ...string) []string {
	out := []string{pick(g, list...)}
	if g.IntN(2) == 0 {
		out = append(out, pick(g, list...))
	}
	return out
}

// keyValues are, by key, values for the context. The operators of a key suit
// its type, as in a policy that AWS would accept.
var keyValues = map[string][]string{
	"aws:RequestedRegion":   {"eu-west-1", "us-east-1"},
	"aws:PrincipalTag/team": {"core", "web", "c*"},
	"aws:TagKeys":           {"core", "owner", "web"},
	"aws:SourceIp":          {"192.0.2.7", "198.51.100.7", "2001:db8::7"},
	"s3:max-keys":           {"5", "10", "10.0"},
	"aws:CurrentTime":       {"2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z"},
	"aws:ViaAWSService":     {"true", "false"},
	"aws:SourceArn":         {"arn:aws:sns:eu-west-1:111122223333:core", "arn:aws:sqs:eu-west-1:111122223333:web"},
}

var keyNames = []string{
	"aws:RequestedRegion", "aws:PrincipalTag/team", "aws:TagKeys", "aws:SourceIp", "s3:max-keys", "aws:CurrentTime", "aws:ViaAWSService", "aws:SourceArn",
}

func (g generator) condition() (operator, key string, values []string) {
	key = pick(g, keyNames...)
	switch key {
	case "aws:SourceIp":
		operator, values = pick(g, "IpAddress", "NotIpAddress"), some(g, "192.0.2.0/24", "198.51.100.7", "2001:db8::/32")
	case "s3:max-keys":
		operator = pick(g, "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals", "NumericGreaterThan", "NumericGreaterThanEquals")
		values = some(g, "5", "10", "7.5")
	case "aws:CurrentTime":
		operator = pick(g, "DateEquals", "DateNotEquals", "DateLessThan", "DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals")
		values = some(g, "2026-01-01T00:00:00Z", "2026-03-01T00:00:00Z")
	case "aws:ViaAWSService":
		operator, values = "Bool", some(g, "true", "false")
	case "aws:SourceArn":
		operator = pick(g, "ArnLike", "ArnNotLike", "ArnEquals", "ArnNotEquals")
		values = some(g, "arn:aws:sns:*:*:core", "arn:aws:*:eu-west-?:*:*", "arn:aws:sqs:eu-west-1:111122223333:${aws:PrincipalTag/team}")
	default:
		operator = pick(g, "StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike", "StringNotLike")
		values = some(g, "eu-west-1", "core", "web", "c*", "CORE", "?eb", "${aws:PrincipalTag/team}", "${aws:PrincipalTag/team, 'web'}")
	}
	if key == "aws:TagKeys" {
		operator = pick(g, "ForAllValues:", "ForAnyValue:") + operator
	} else if g.IntN(4) == 0 {
		operator += "IfExists"
	}
	if g.IntN(10) == 0 {
		operator, values = "Null", []string{pick(g, "true", "false")}
	}
	return operator, key, values
}

var (
	actionPatterns   = []string{"*", "s3:*", "s3:Create*", "s3:*Bucket", "S3:createbucket", "sqs:*", "s3:Get?bject"}
	resourcePatterns = []string{"*", "arn:aws:s3:::panther-*", "arn:aws:s3:::*-logs", "arn:aws:s3:::panther-??", "arn:aws:sqs:*:*:q", "arn:aws:s3:::panther-${aws:PrincipalTag/team}"}
)

func (g generator) statement() map[string]any {
	s := map[string]any{"Effect": pick(g, "Allow", "Allow", "Deny")}
	s[pick(g, "Action", "Action", "Action", "NotAction")] = some(g, actionPatterns...)
	s[pick(g, "Resource", "Resource", "Resource", "NotResource")] = some(g, resourcePatterns...)
	if conditions := g.IntN(3); conditions > 0 {
		block := map[string]map[string][]string{}
		for range conditions {
			operator, key, values := g.condition()
			if block[operator] == nil {
				block[operator] = map[string][]string{}
			}
			block[operator][key] = values
		}
		s["Condition"] = block
	}
	return s
}

func (g generator) document() string {
	statements := []any{}
	for range 1 + g.IntN(3) {
		statements = append(statements, g.statement())
	}
	text, _ := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": statements}) // plain maps always marshal
	return string(text)
}

func (g generator) policy(kind Kind) *Policy { return compiled(kind, g.document()) }

// rcp is a resource control policy: a customer's own only denies.
func (g generator) rcp() *Policy {
	s := g.statement()
	s["Effect"], s["Principal"] = "Deny", "*"
	text, _ := json.Marshal(map[string]any{"Version": "2012-10-17", "Statement": s})
	return compiled(RCP, string(text))
}

func compiled(kind Kind, text string) *Policy {
	p, err := Parse("random", kind, []byte(text))
	if err != nil {
		panic(fmt.Sprintf("the generator made what Parse refuses: %v: %s", err, text))
	}
	return p
}

func (g generator) policies() *Policies {
	all, _ := Parse("all", SCP, []byte(allowAll))
	p := &Policies{Identity: []*Policy{g.policy(Identity)}}
	if g.IntN(2) == 0 {
		p.Administrator = true
	}
	for range g.IntN(3) {
		level := []*Policy{g.policy(SCP)}
		if g.IntN(2) == 0 {
			level = append(level, all)
		}
		p.SCPs = append(p.SCPs, level)
	}
	if g.IntN(3) == 0 {
		p.RCPs = [][]*Policy{{g.rcp()}}
	}
	if g.IntN(3) == 0 {
		p.Boundary = []*Policy{g.policy(Boundary)}
	}
	if g.IntN(3) == 0 {
		p.Session = []*Policy{g.policy(Session)}
	}
	return p
}

// request has every key in some state.
func (g generator) request() Request {
	r := Request{
		Action:    pick(g, "s3:CreateBucket", "s3:GetObject", "sqs:CreateQueue"),
		Resource:  pick(g, "arn:aws:s3:::panther-core", "arn:aws:s3:::panther-*", "arn:aws:s3:::panther-?*s", "arn:aws:s3:::*", "*"),
		Principal: "arn:aws:iam::111122223333:role/Deployer",
		Context:   map[string]Value{}, Others: KeyAbsent,
	}
	r.ResourceIsPattern = strings.HasPrefix(r.Resource, "arn:")
	for _, key := range keyNames {
		switch g.IntN(4) {
		case 0:
			r.Context[key] = Value{State: KeyUnknown}
		case 1:
			r.Context[key] = Value{State: KeyPresent}
		case 2:
			r.Context[key] = g.value(key)
		}
	}
	return r
}

// value is one value of the key, or several where the key holds a list.
func (g generator) value(key string) Value {
	if key == "aws:TagKeys" {
		return Is(some(g, keyValues[key]...)...)
	}
	return Is(pick(g, keyValues[key]...))
}
