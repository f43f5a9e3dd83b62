package cases

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const request = `"request":{"action":"s3:CreateBucket","resource":"*","principal":"arn:aws:iam::111122223333:role/R"}`

func TestReadRefuses(t *testing.T) {
	tests := map[string]struct{ text, want string }{
		"nothing":              {"\n \n", "f.jsonl: no case in it"},
		"no object":            {`{` + request + "}\n[]", "f.jsonl:2: a case is a JSON object"},
		"cut off":              {`{"name":"x"`, "f.jsonl:1: unexpected end of JSON"},
		"no request":           {`{"name":"x"}`, "f.jsonl:1: request.action: want service:Action"},
		"no resource":          {`{"request":{"action":"a:b","principal":"p"}}`, "f.jsonl:1: request.resource:"},
		"no principal":         {`{"request":{"action":"a:b","resource":"*"}}`, "f.jsonl:1: request.principal:"},
		"wildcard action":      {`{"request":{"action":"a:*","resource":"*","principal":"p"}}`, "f.jsonl:1: request.action:"},
		"a level of text":      {`{"scps":[["x"],"y"],` + request + `}`, "f.jsonl:1: level 1 is no list of policy documents"},
		"levels as an object":  {`{"scps":{},` + request + `}`, "want a list of levels"},
		"a number of policies": {`{"identityPolicies":3,` + request + `}`, "want a policy document or a list of them"},
		"context of objects":   {strings.Replace(`{`+request+`}`, `"action"`, `"context":{"a:b":{}},"action"`, 1), "a context value is text or a list of texts"},
		"key given twice":      {strings.Replace(`{`+request+`}`, `"action"`, `"context":{"a:b":"x"},"unknownContextKeys":["a:b"],"action"`, 1), `the key "a:b" is given twice`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := Read("f.jsonl", strings.NewReader(test.text))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("got %v, want %q in it", err, test.want)
			}
		})
	}
}

// TestMalformedPolicyIsNeverAllowed: the case keeps its place among the answers.
func TestMalformedPolicyIsNeverAllowed(t *testing.T) {
	text := `{"name":"n","identityPolicies":["{\"Statement\":7}"],` + request + `}`
	list, err := Read("f.jsonl", strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	a := list[0].Answer()
	if a.Decision != iam.Unknown || a.Error != "f.jsonl:1: identityPolicies[0]:1: statement 0: a statement is a JSON object" {
		t.Errorf("got %v, %q", a.Decision, a.Error)
	}
}

func TestReadTakesEveryForm(t *testing.T) {
	const all = `{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}`
	for _, text := range []string{
		`{"identityPolicies":[` + all + `],"scps":null,` + request + `}`,
		`{"identityPolicies":` + all + `,"scps":[` + all + `],"rcps":[[]],` + request + `}`,
		"\ufeff" + `{"identityPolicies":["{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"],"unheard":[1],` + request + `}`,
		`{"identityPolicies":` + all + `,` + strings.Replace(request, `"action"`, `"context":{"a:b":[true,1.5,"x"],"a:c":[]},"action"`, 1) + `}`,
	} {
		list, err := Read("f.jsonl", strings.NewReader(text))
		if err != nil {
			t.Errorf("%s: %v", text, err)
		} else if a := list[0].Answer(); a.Decision != iam.Allowed {
			t.Errorf("%s: %v %s", text, a.Decision, a.Error)
		}
	}
}
