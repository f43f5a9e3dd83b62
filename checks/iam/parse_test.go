package iam

import (
	"errors"
	"strings"
	"testing"
)

const allowAll = `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`

// statement wraps one statement into a document.
func statement(text string) string { return `{"Version":"2012-10-17","Statement":[` + text + `]}` }

func TestParseRefuses(t *testing.T) {
	const ok = `"Effect":"Deny","Action":"s3:*","Resource":"*"`
	tests := []struct {
		name string
		kind Kind
		doc  string
		want string
	}{
		{"empty", SCP, " \n", "p.json:1: the document is empty"},
		{"not JSON", SCP, "{\n\"Version\": 2012-10-17}", "p.json:2: not JSON: "},
		{"cut off", SCP, `{"Version":"2012-10-17","Statement":[`, "p.json:1: not JSON: the document ends too early"},
		{"text behind", SCP, allowAll + "x", "text follows the end"},
		{"not UTF-8", SCP, "\xff\xfe{", "the text is not UTF-8"},
		{"no object", SCP, `[]`, "a policy is a JSON object"},
		{"version", SCP, `{"Version":"2012-10-18","Statement":[]}`, `p.json:1: Version: want "2012-10-17" or "2008-10-17", have "2012-10-18"`},
		{"version as a number", SCP, `{"Version":2012,"Statement":[]}`, "Version"},
		{"no statement", SCP, `{"Version":"2012-10-17"}`, "Statement: the policy has none"},
		{"no statement in the list", SCP, `{"Version":"2012-10-17","Statement":[]}`, "Statement: the policy has none"},
		{"element", SCP, `{"Version":"2012-10-17","Statements":[]}`, "Statements: a policy has no such element"},
		{"statement of another type", SCP, statement(`"x"`), "statement 1: a statement is a JSON object"},
		{"element of a statement", SCP, statement(`{"Sid":"S",` + ok + `,"effect":"Deny"}`), `statement 1 (Sid "S"): effect: a statement has no such element`},
		{"second statement", SCP, statement(`{` + ok + `},` + "\n" + `{"Effect":"deny","Action":"*","Resource":"*"}`), `p.json:2: statement 2: Effect: want "Allow" or "Deny", have "deny"`},
		{"no effect", SCP, statement(`{"Action":"*","Resource":"*"}`), "Effect: the statement has none"},
		{"key twice", SCP, statement(`{` + ok + `,"Effect":"Allow"}`), "Effect: the key stands twice"},
		{"no action", SCP, statement(`{"Effect":"Deny","Resource":"*"}`), "neither Action nor NotAction"},
		{"both actions", SCP, statement(`{` + ok + `,"NotAction":"*"}`), "NotAction: the statement has Action, too"},
		{"no resource", SCP, statement(`{"Effect":"Deny","Action":"*"}`), "neither Resource nor NotResource"},
		{"empty action list", SCP, statement(`{"Effect":"Deny","Action":[],"Resource":"*"}`), "Action: the list is empty"},
		{"empty action", SCP, statement(`{"Effect":"Deny","Action":"","Resource":"*"}`), "Action: a value is empty"},
		{"action without service", SCP, statement(`{"Effect":"Deny","Action":"CreateBucket","Resource":"*"}`), `Action: "CreateBucket" names no service`},
		{"action as a number", SCP, statement(`{"Effect":"Deny","Action":1,"Resource":"*"}`), "Action: want text"},
		{"operator", SCP, statement(`{"Sid":"Z",` + ok + `,"Condition":{"StringEqualz":{"a:b":"c"}}}`), `statement 1 (Sid "Z"): Condition.StringEqualz: no such condition operator`},
		{"NullIfExists", SCP, statement(`{` + ok + `,"Condition":{"NullIfExists":{"a:b":"true"}}}`), "Condition.NullIfExists"},
		{"condition list", SCP, statement(`{` + ok + `,"Condition":[]}`), "Condition: want an object"},
		{"operator without keys", SCP, statement(`{` + ok + `,"Condition":{"StringEquals":{}}}`), "the operator has no condition key"},
		{"null value", SCP, statement(`{` + ok + `,"Condition":{"StringEquals":{"a:b":null}}}`), "Condition.StringEquals.a:b: want text"},
		{"key twice in a condition", SCP, statement(`{` + ok + `,"Condition":{"StringEquals":{"a:b":"1","a:b":"2"}}}`), "a:b: the key stands twice"},
		{"principal in an SCP", SCP, statement(`{"Sid":"P",` + ok + `,"Principal":"*"}`), `statement 1 (Sid "P"): Principal: a policy of kind scp may not name principals`},
		{"principal in an identity policy", Identity, statement(`{` + ok + `,"NotPrincipal":"*"}`), "NotPrincipal: a policy of kind identity"},
		{"principal of an RCP", RCP, statement(`{` + ok + `,"Principal":{"AWS":"111122223333"}}`), `may have only the Principal "*"`},
		{"resource policy without principal", Resource, statement(`{` + ok + `}`), "neither Principal nor NotPrincipal"},
		{"class of principal", Resource, statement(`{` + ok + `,"Principal":{"aws":"*"}}`), "Principal.aws: want AWS, Service, Federated or CanonicalUser"},
		{"size", SCP, statement(`{"Effect":"Deny","Action":["s3:` + strings.Repeat("x", maxSCPSize) + `"],"Resource":"*"}`), "characters; a policy of kind scp may have 10240"},
		{"nesting", SCP, strings.Repeat("[", 100) + strings.Repeat("]", 100), "nested deeper"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, err := Parse("p.json", test.kind, []byte(test.doc))
			var bad *ParseError
			if !errors.As(err, &bad) {
				t.Fatalf("got %v, want a ParseError", err)
			}
			if !strings.HasPrefix(err.Error(), "p.json:") || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %q, want %q in it", err, test.want)
			}
		})
	}
}

func TestParseAccepts(t *testing.T) {
	tests := map[string]struct {
		kind Kind
		doc  string
	}{
		"white space does not count":   {RCP, strings.Repeat(" ", 3*maxRCPSize) + allowAll},
		"byte order mark":              {SCP, "\ufeff" + allowAll},
		"no Version":                   {SCP, `{"Statement":{"Effect":"Allow","NotAction":"iam:*","NotResource":"arn:aws:s3:::x"}}`},
		"empty list grants nothing":    {Identity, `{"Statement":[]}`},
		"case of operators":            {SCP, statement(`{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"forAnyValue:stringlikeIfExists":{"a:b":["c",1,true]}}}`)},
		"trust policy has no Resource": {Resource, `{"Statement":{"Effect":"Allow","Principal":{"Service":["a.amazonaws.com"]},"Action":"sts:AssumeRole"}}`},
		"RCP without Principal":        {RCP, statement(`{"Effect":"Deny","Action":"s3:*","Resource":"*"}`)},
	}
	for name, test := range tests {
		if _, err := Parse("p.json", test.kind, []byte(test.doc)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestStatementTellsItsPlace(t *testing.T) {
	doc := "{\"Version\":\"2012-10-17\",\"Statement\":[\n{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"},\n{\"Sid\":\"Second\",\"Effect\":\"Deny\",\"NotAction\":[\"iam:*\"],\"Resource\":\"*\",\"Condition\":{\"Bool\":{\"a:b\":true}}}]}"
	p, err := Parse("p.json", SCP, []byte(doc))
	if err != nil {
		t.Fatal(err)
	}
	s := &p.Statements()[1]
	actions, inverted := s.Actions()
	if s.Index() != 1 || s.Sid() != "Second" || s.Line() != 3 || !s.Denies() || !inverted || actions[0] != "iam:*" || s.Policy() != p {
		t.Errorf("got index %d, Sid %q, line %d, actions %q (inverted %v)", s.Index(), s.Sid(), s.Line(), actions, inverted)
	}
	if text := string(s.JSON()); !strings.HasPrefix(text, `{"Sid":"Second"`) || !strings.HasSuffix(text, `{"a:b":true}}}`) {
		t.Errorf("got the statement's text %s", text)
	}
	if c := s.Conditions()[0]; c.Operator() != "Bool" || c.Key() != "a:b" || c.Values()[0] != "true" {
		t.Errorf("got condition %s %s %q", c.Operator(), c.Key(), c.Values())
	}
}
