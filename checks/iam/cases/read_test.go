package cases

import (
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

const request = `"request":{"action":"s3:CreateBucket","resource":"*","principal":"arn:aws:iam::111122223333:role/R"}`

// TestBadCaseIsItsOwnError: every other case of the file is answered.
func TestBadCaseIsItsOwnError(t *testing.T) {
	const good = `{"name":"good","identityPolicies":{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}},` + request + `}`
	tests := map[string]struct{ text, want string }{
		"no object":            {`[]`, "a case is a JSON object"},
		"cut off":              {`{"name":"x"`, "unexpected end of JSON"},
		"no request":           {`{"name":"x"}`, "request.action: want service:Action"},
		"no resource":          {`{"name":"x","request":{"action":"a:b","principal":"p"}}`, "request.resource:"},
		"no principal":         {`{"request":{"action":"a:b","resource":"*"}}`, "request.principal:"},
		"a bare resource":      {strings.Replace(`{`+request+`}`, `"resource":"*"`, `"resource":"prod-x"`, 1), `request.resource: "prod-x" is no ARN`},
		"a short ARN":          {strings.Replace(`{`+request+`}`, `"resource":"*"`, `"resource":"arn:aws:s3:b"`, 1), `request.resource: "arn:aws:s3:b" is no ARN`},
		"a bare principal":     {strings.Replace(`{`+request+`}`, `arn:aws:iam::111122223333:role/R`, `R`, 1), `request.principal: "R" is no principal`},
		"a bucket asks":        {strings.Replace(`{`+request+`}`, `arn:aws:iam::111122223333:role/R`, `arn:aws:s3:::b`, 1), `is no principal`},
		"wildcard action":      {strings.Replace(`{`+request+`}`, `s3:CreateBucket`, `s3:*`, 1), "request.action:"},
		"a level of text":      {`{"scps":[["x"],"y"],` + request + `}`, "level 1 is no list of policy documents"},
		"levels as an object":  {`{"scps":{},` + request + `}`, "want a list of levels"},
		"a number of policies": {`{"identityPolicies":3,` + request + `}`, "want a policy document or a list of them"},
		"context of objects":   {strings.Replace(`{`+request+`}`, `"action"`, `"context":{"a:b":{}},"action"`, 1), "a context value is text or a list of texts"},
		"key given twice":      {strings.Replace(`{`+request+`}`, `"action"`, `"context":{"a:b":"x"},"unknownContextKeys":["a:b"],"action"`, 1), `the key "a:b" is given twice`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			list, err := Read("f.jsonl", strings.NewReader(good+"\n"+test.text+"\n\n"+good))
			if err != nil || len(list) != 3 {
				t.Fatalf("got %d cases, %v", len(list), err)
			}
			for i := range list {
				a := list[i].Answer()
				switch bad := i == 1; {
				case bad && (a.Decision != iam.Unknown || !strings.HasPrefix(a.Error, "f.jsonl:2: ") || !strings.Contains(a.Error, test.want)):
					t.Errorf("got %v, %q, want %q in it", a.Decision, a.Error, test.want)
				case !bad && (a.Decision != iam.Allowed || a.Name != "good" || a.Error != ""):
					t.Errorf("case %d: %v %q", i, a.Decision, a.Error)
				}
			}
		})
	}
}

func TestReadRefusesAFileWithoutCases(t *testing.T) {
	if _, err := Read("f.jsonl", strings.NewReader("\n \n")); err == nil || err.Error() != "f.jsonl: no case in it" {
		t.Errorf("got %v", err)
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
	if a.Decision != iam.Unknown || a.Error != "f.jsonl:1: identityPolicies[0]:1: statement 1: a statement is a JSON object" {
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
