package iam

import (
	"errors"
	"testing"
)

// FuzzParse: whatever the text, Parse gives a policy or an error that names a
// place, and a policy can be asked without a crash and never allocates a verdict
// that contradicts a plain Deny beside it.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		allowAll, regionLock, "", "{", `{"Version":"2012-10-17","Statement":[{}]}`,
		statement(`{"Effect":"Allow","Principal":{"AWS":["*","AROAEXAMPLE"],"Service":"a.amazonaws.com"},"Action":"sts:*"}`),
		statement(`{"Effect":"Deny","NotAction":["a:b*"],"NotResource":"arn:aws:s3:::${aws:username, 'x'}*","Condition":{"ForAnyValue:StringLikeIfExists":{"a:b":["${*}",1.5,false]},"Null":{"c:d":[]}}}`),
		statement(`{"Effect":"Deny","Action":"*","Resource":"arn:${P}:*","Condition":{"DateLessThan":{"a:b":"2020"},"IpAddress":{"a:c":"::/0"},"BinaryEquals":{"a:d":"eA=="},"NumericEquals":{"a:e":"-0.50"}}}`),
	} {
		f.Add(seed, uint8(SCP))
	}
	deny, err := Parse("deny", SCP, []byte(statement(`{"Effect":"Deny","Action":"*","Resource":"*"}`)))
	if err != nil {
		f.Fatal(err)
	}
	queries := []*Query{
		query(f, createBucket(nil)),
		query(f, Request{Action: "sqs:CreateQueue", Resource: "arn:aws:sqs:*:1?:panther-*", ResourceIsPattern: true, Principal: "arn:aws:sts::111122223333:assumed-role/x/y"}),
		query(f, Request{Action: "ec2:CreateVpc", Resource: "*", Principal: "x.amazonaws.com", Context: map[string]Value{"a:b": Is("", "1"), "A:B": Is("x")}}),
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		k := Kind(kind % uint8(Resource+1))
		p, err := Parse("f.json", k, []byte(text))
		if err != nil {
			var bad *ParseError
			if !errors.As(err, &bad) || bad.Message == "" {
				t.Fatalf("the error names no place: %v", err)
			}
			return
		}
		policies := Policies{Administrator: true, SCPs: [][]*Policy{{deny}}}
		switch k {
		case SCP:
			policies.SCPs = append(policies.SCPs, []*Policy{p})
		case RCP:
			policies.RCPs = [][]*Policy{{p}}
		case Resource:
			policies.Resource = []*Policy{p}
		default:
			policies.Identity, policies.Boundary, policies.Session = []*Policy{p}, []*Policy{p}, []*Policy{p}
		}
		for i, q := range queries {
			e := policies.Explain(q)
			if i < 2 && !e.Decision.Denied() {
				t.Errorf("a plain Deny was overridden: %v", e.Decision)
			}
			policies.Denials(q)
		}
	})
}

// FuzzEvaluate: one condition of any text against one value of any text. An
// operator and its negation never agree on a definite answer, and a value that
// becomes known never contradicts what was said before.
func FuzzEvaluate(f *testing.F) {
	f.Add("StringLike", "a*${aws:PrincipalTag/x}", "abc", "b*")
	f.Add("ArnLike", "arn:aws:iam::*:role/*", "arn:aws:iam::1:role/a", "")
	f.Add("NumericLessThan", "1.5", "-0", "x")
	f.Add("DateEquals", "2020", "2020-01-01T00:00:00Z", "")
	f.Add("IpAddress", "10.0.0.0/8", "10.1.2.3", "")
	f.Add("Bool", "true", "TRUE", "")
	f.Fuzz(func(t *testing.T, operator, policyValue, value, tag string) {
		op, ok := parseOperator(operator)
		if !ok {
			return
		}
		inverse := op
		inverse.negated = !op.negated
		c := newCondition(op, operator, "a:b", "a:b", []string{policyValue}, true)
		inverted := newCondition(inverse, operator, "a:b", "a:b", []string{policyValue}, true)
		r := createBucket(map[string]Value{"a:b": Is(value), "aws:PrincipalTag/x": Is(tag)})
		known := query(t, r)
		got := c.eval(known)
		if op.family != famNull && op.quant == quantNone && value != "" && got != not(inverted.eval(known)) {
			t.Errorf("%s %q against %q: both it and its negation answer %d", operator, policyValue, value, got)
		}
		r.Context = map[string]Value{"a:b": {}, "aws:PrincipalTag/x": {}}
		if before := c.eval(query(t, r)); before != maybe && got != maybe && before != got {
			t.Errorf("%s %q: %d before and %d after %q became known", operator, policyValue, before, got, value)
		}
	})
}
