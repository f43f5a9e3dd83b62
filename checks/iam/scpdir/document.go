package scpdir

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// described is the output of `aws organizations describe-policy`, with or
// without its outer object.
type described struct {
	Policy  *described `json:"Policy"`
	Summary *struct {
		Type string `json:"Type"`
	} `json:"PolicySummary"`
	Content *string `json:"Content"`
}

// Parse reads one file: a policy document, or the output of `aws organizations
// describe-policy` with the document inside.
func Parse(file string, kind iam.Kind, text []byte) (*iam.Policy, error) {
	content, err := unwrap(text, kind)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if content == nil {
		if why := noPolicy(text); why != "" {
			return nil, fmt.Errorf("%s: %s: every *.json in the folder stands for a policy attached there; move the file elsewhere, or save the output of aws organizations describe-policy", file, why)
		}
		return iam.Parse(file, kind, text)
	}
	policy, err := iam.Parse(file, kind, []byte(*content))
	var bad *iam.ParseError
	if errors.As(err, &bad) {
		bad.Line = 0 // a line of the text inside is no line of the file
	}
	return policy, err
}

// unwrap is the document inside an answer of the AWS CLI, or nil when the text
// is none: then it is the document, or no JSON, which iam.Parse can say best.
func unwrap(text []byte, kind iam.Kind) (*string, error) {
	var d described
	if json.Unmarshal(text, &d) != nil {
		return nil, nil
	}
	if d.Policy != nil {
		d = *d.Policy
	}
	want := "SERVICE_CONTROL_POLICY"
	if kind == iam.RCP {
		want = "RESOURCE_CONTROL_POLICY"
	}
	switch {
	case d.Summary == nil && d.Content == nil:
		return nil, nil
	case d.Content == nil:
		return nil, errors.New("the key Content is missing: the answer has no document; save the output of describe-policy, not of a list")
	case d.Summary != nil && d.Summary.Type != "" && d.Summary.Type != want:
		return nil, fmt.Errorf("Policy.PolicySummary.Type: have %s where %s belongs", d.Summary.Type, want)
	}
	return d.Content, nil
}

// noPolicy says why a text is plainly something else than a policy, such as an
// index beside the exported files. What is wrong with a policy, iam.Parse says.
func noPolicy(text []byte) string {
	var list []json.RawMessage
	if json.Unmarshal(text, &list) == nil && list != nil {
		return "a JSON list is no policy document"
	}
	var keys map[string]json.RawMessage
	if json.Unmarshal(text, &keys) != nil || len(keys) == 0 {
		return ""
	}
	for _, key := range []string{"Version", "Statement", "Id"} {
		if keys[key] != nil {
			return ""
		}
	}
	if keys["Policies"] != nil {
		return "a list of policies holds no policy document"
	}
	return "the object has no Statement, so it is no policy document"
}
