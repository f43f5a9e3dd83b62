package cases

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
)

// record is one line as it is written. Fields that are not here are ignored.
type record struct {
	Name     string    `json:"name"`
	Identity documents `json:"identityPolicies"`
	SCPs     levels    `json:"scps"`
	RCPs     levels    `json:"rcps"`
	Boundary documents `json:"permissionBoundaries"`
	Session  documents `json:"sessionPolicies"`
	Resource documents `json:"resourcePolicy"`
	Request  question  `json:"request"`
}

type question struct {
	Action            string            `json:"action"`
	Resource          string            `json:"resource"`
	ResourceAccount   string            `json:"resourceAccount"`
	Principal         string            `json:"principal"`
	Context           map[string]values `json:"context"`
	UnknownKeys       []string          `json:"unknownContextKeys"`
	PresentUnknown    []string          `json:"presentUnknownValue"`
	ResourceIsPattern bool              `json:"resourceIsPattern"`
	ManagementAccount bool              `json:"isManagementAccount"`
	RolePath          string            `json:"principalRolePath"`
}

// documents are policies: a list, or one alone.
type documents []json.RawMessage

func (d *documents) UnmarshalJSON(text []byte) error {
	*d = nil
	switch first(text) {
	case 'n':
		return nil
	case '[':
		return json.Unmarshal(text, (*[]json.RawMessage)(d))
	case '{', '"':
		*d = documents{bytes.Clone(text)}
		return nil
	}
	return errors.New("want a policy document or a list of them")
}

// levels are lists of policies, from the root to the account. A plain list of
// documents is one level.
type levels []documents

func (l *levels) UnmarshalJSON(text []byte) error {
	*l = nil
	if first(text) == 'n' {
		return nil
	}
	var items []json.RawMessage
	if err := json.Unmarshal(text, &items); err != nil {
		return errors.New("want a list of levels, each a list of policy documents")
	}
	flat := len(items) > 0 && first(items[0]) != '['
	if flat {
		*l = levels{documents(items)}
	}
	for i, item := range items {
		if (first(item) != '[') != flat {
			return fmt.Errorf("level %d is no list of policy documents", i)
		}
		if flat {
			continue
		}
		var level documents
		if err := json.Unmarshal(item, &level); err != nil {
			return err
		}
		*l = append(*l, level)
	}
	return nil
}

// values is the value of a context key: text, or a list of texts. Numbers and
// booleans are read as their text.
type values []string

func (v *values) UnmarshalJSON(text []byte) error {
	items := []json.RawMessage{text}
	if first(text) == '[' {
		if err := json.Unmarshal(text, &items); err != nil {
			return err
		}
	}
	*v = values{}
	for _, item := range items {
		switch first(item) {
		case '"':
			var s string
			if err := json.Unmarshal(item, &s); err != nil {
				return err
			}
			*v = append(*v, s)
		case '{', '[', 'n':
			return errors.New("a context value is text or a list of texts")
		default:
			*v = append(*v, string(bytes.TrimSpace(item)))
		}
	}
	return nil
}

func first(text []byte) byte {
	if text = bytes.TrimSpace(text); len(text) > 0 {
		return text[0]
	}
	return 0
}
