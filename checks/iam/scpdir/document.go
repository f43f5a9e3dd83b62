package scpdir

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// described is the output of `aws organizations describe-policy`, with or
// without its outer object. Content is the document: a text as the API gives
// it, or an object as it is written in a template.
type described struct {
	Policy  *described `json:"Policy"`
	Summary *struct {
		Type string `json:"Type"`
		Arn  string `json:"Arn"`
	} `json:"PolicySummary"`
	Content json.RawMessage `json:"Content"`
}

// document is one policy document in a file. arn is that of the policy, where
// the answer that holds the document tells it.
type document struct {
	text []byte
	arn  string
	// inside says that the text is not the file's own, so that its lines are none
	// of the file's.
	inside bool
}

// Parse reads one file: a policy document, or an answer of the AWS CLI with
// documents inside, in any of its output forms.
func Parse(file string, kind iam.Kind, text []byte) ([]Policy, error) {
	documents, err := documentsIn(text, kind)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	out := make([]Policy, 0, len(documents))
	for i, d := range documents {
		name := file
		if len(documents) > 1 {
			name = fmt.Sprintf("%s[%d]", file, i+1)
		}
		policy, err := iam.Parse(name, kind, d.text)
		var bad *iam.ParseError
		if errors.As(err, &bad) && d.inside {
			bad.Line = 0
		}
		if err != nil {
			return nil, err
		}
		out = append(out, Policy{Policy: policy, arn: d.arn})
	}
	return out, nil
}

// documentsIn finds the documents in a text of any form. What is wrong with a
// policy, iam.Parse says best, so a text that may be one is left to it.
func documentsIn(text []byte, kind iam.Kind) ([]document, error) {
	text, recoded, err := decoded(text)
	if err != nil {
		return nil, err
	}
	switch trimmed := bytes.TrimSpace(text); {
	case len(trimmed) == 0:
		return nil, errors.New("the file is empty" + whatBelongs)
	case strings.ContainsRune(`{["`, rune(trimmed[0])):
	case bytes.HasPrefix(trimmed, []byte("POLICY\t")):
		return tabbed(trimmed)
	default:
		if text = yamlAsJSON(text); text == nil {
			return nil, errors.New("this is neither a policy document nor an answer of the AWS CLI" + whatBelongs)
		}
		recoded = true
	}
	if !json.Valid(text) {
		return []document{{text: text}}, nil
	}
	found, err := unwrap(text, kind)
	for i := range found {
		found[i].inside = found[i].inside || recoded
	}
	return found, err
}

const whatBelongs = ": every file in the folder stands for a policy attached there; move it elsewhere, or save the output of aws organizations describe-policy"

// unwrap finds the documents in one JSON value.
func unwrap(text []byte, kind iam.Kind) ([]document, error) {
	switch text = bytes.TrimSpace(text); text[0] {
	case '"':
		var inner string
		if err := json.Unmarshal(text, &inner); err != nil {
			return nil, err
		}
		return []document{{text: []byte(inner), inside: true}}, nil
	case '[':
		return unwrapList(text, kind)
	case '{':
		return unwrapObject(text, kind)
	}
	return nil, errors.New("a JSON value is no policy document" + whatBelongs)
}

func unwrapList(text []byte, kind iam.Kind) ([]document, error) {
	var items []json.RawMessage
	if err := json.Unmarshal(text, &items); err != nil {
		return nil, err
	}
	if len(items) == 0 {
		return nil, errors.New("a JSON list is no policy document" + whatBelongs)
	}
	var out []document
	for i, item := range items {
		found, err := unwrap(item, kind)
		if err != nil {
			return nil, fmt.Errorf("[%d]: %w", i+1, err)
		}
		for _, d := range found {
			d.inside = true
			out = append(out, d)
		}
	}
	return out, nil
}

func unwrapObject(text []byte, kind iam.Kind) ([]document, error) {
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(text, &keys); err != nil {
		return nil, err
	}
	for _, key := range []string{"Version", "Statement"} {
		if keys[key] != nil {
			return []document{{text: text}}, nil
		}
	}
	if list := keys["Policies"]; list != nil && bytes.HasPrefix(bytes.TrimSpace(list), []byte("[")) {
		if bytes.HasPrefix(bytes.TrimSpace(list)[1:], []byte("]")) {
			return nil, errors.New("a list of policies holds no policy document" + whatBelongs)
		}
		found, err := unwrapList(list, kind)
		if err != nil {
			return nil, fmt.Errorf("Policies: %w", err)
		}
		return found, nil
	}
	if keys["Policy"] == nil && keys["PolicySummary"] == nil && keys["Content"] == nil {
		if keys["Name"] != nil && keys["Arn"] != nil {
			return nil, errors.New("the summary of a policy holds no document; save the output of describe-policy, not of a list")
		}
		return nil, errors.New("the object has no Statement, so it is no policy document" + whatBelongs)
	}
	return unwrapAnswer(text, kind)
}

func unwrapAnswer(text []byte, kind iam.Kind) ([]document, error) {
	var d described
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, errors.New("Policy, PolicySummary and Content have not the form that describe-policy gives them")
	}
	if d.Policy != nil {
		d = *d.Policy
	}
	out := document{inside: true}
	want := "SERVICE_CONTROL_POLICY"
	if kind == iam.RCP {
		want = "RESOURCE_CONTROL_POLICY"
	}
	if d.Summary != nil {
		if d.Summary.Type != "" && d.Summary.Type != want {
			return nil, fmt.Errorf("Policy.PolicySummary.Type: have %s where %s belongs", d.Summary.Type, want)
		}
		out.arn = d.Summary.Arn
	}
	content := bytes.TrimSpace(d.Content)
	if len(content) == 0 || bytes.Equal(content, []byte("null")) {
		return nil, errors.New("the key Content is missing: the answer has no document; save the output of describe-policy, not of a list")
	}
	out.text = content
	if content[0] == '"' {
		var inner string
		if err := json.Unmarshal(content, &inner); err != nil {
			return nil, fmt.Errorf("Content: %w", err)
		}
		out.text = []byte(inner)
	}
	return []document{out}, nil
}

// tabbed reads the answer of describe-policy with --output text: the document
// behind POLICY, and the summary behind POLICYSUMMARY.
func tabbed(text []byte) ([]document, error) {
	body, summary, found := bytes.Cut(bytes.TrimPrefix(text, []byte("POLICY\t")), []byte("\nPOLICYSUMMARY\t"))
	d := document{text: bytes.TrimSpace(body), inside: true}
	if found {
		if fields := bytes.Split(summary, []byte("\t")); bytes.HasPrefix(fields[0], []byte("arn:")) {
			d.arn = string(fields[0])
		}
	}
	return []document{d}, nil
}
