package published

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Identify names the versions whose role was published with exactly these
// statements, whatever their order and names. None means that the role is of
// no version that is known, or was changed.
func Identify(documents []string, partition, region, account string) ([]string, error) {
	have, err := statementsOf(documents)
	if err != nil {
		return nil, err
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil, fmt.Errorf("read the published roles: %w", err)
	}
	var all []Role
	if err := json.NewDecoder(r).Decode(&all); err != nil {
		return nil, fmt.Errorf("read the published roles: %w", err)
	}
	names := strings.NewReplacer("${AWS::Partition}", partition, "${AWS::Region}", region, "${AWS::AccountId}", account)
	var versions []string
	for _, one := range all {
		if len(one.Statements) != len(have) {
			continue
		}
		want := make([]string, len(one.Statements))
		for i, s := range one.Statements {
			if want[i], err = canonical([]byte(names.Replace(string(s)))); err != nil {
				return nil, err
			}
		}
		if slices.Sort(want); slices.Equal(want, have) {
			versions = append(versions, one.Versions...)
		}
	}
	return versions, nil
}

// statementsOf are the statements of several documents in one order.
func statementsOf(documents []string) ([]string, error) {
	var out []string
	for _, text := range documents {
		var d struct{ Statement json.RawMessage }
		if err := json.Unmarshal([]byte(text), &d); err != nil {
			return nil, fmt.Errorf("read a policy of the role: %w", err)
		}
		var list []json.RawMessage
		if json.Unmarshal(d.Statement, &list) != nil {
			list = []json.RawMessage{d.Statement}
		}
		for _, one := range list {
			s, err := canonical(one)
			if err != nil {
				return nil, err
			}
			out = append(out, s)
		}
	}
	slices.Sort(out)
	return out, nil
}

// canonical writes a statement without its name, with lists in one order.
func canonical(raw []byte) (string, error) {
	var s map[string]any
	if err := json.Unmarshal(raw, &s); err != nil {
		return "", fmt.Errorf("read a statement: %w", err)
	}
	delete(s, "Sid")
	for key, value := range s {
		s[key] = ordered(value, key == "Action" || key == "NotAction")
	}
	text, err := json.Marshal(s)
	return string(text), err
}

// ordered sorts lists of texts, and takes one text for a list of it.
func ordered(value any, lower bool) any {
	switch v := value.(type) {
	case map[string]any:
		for key := range v {
			v[key] = ordered(v[key], false)
		}
	case string:
		return ordered([]any{v}, lower)
	case bool:
		return ordered([]any{fmt.Sprint(v)}, lower)
	case []any:
		texts := make([]string, len(v))
		for i, one := range v {
			if texts[i] = fmt.Sprint(one); lower {
				texts[i] = strings.ToLower(texts[i])
			}
		}
		slices.Sort(texts)
		return texts
	}
	return value
}
