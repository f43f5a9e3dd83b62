package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"
)

// The fields of the secret that the proxy web app reads.
const (
	urlField = "URL"
	keyField = "API_KEY"
)

// Stored is the secret in the proxy region.
type Stored struct {
	ID     string
	Exists bool
	// Text is the whole value.
	Text Hidden
	// IsJSON says that the value is one JSON object; URL and Key are empty
	// where it has none.
	IsJSON bool
	URL    string
	Key    Hidden
	fields map[string]json.RawMessage
}

// Secret reads the secret. That it does not exist is an answer, not an error.
func Secret(ctx context.Context, api SecretsAPI, id string) (Stored, error) {
	s := Stored{ID: id}
	out, err := api.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &id})
	var missing *types.ResourceNotFoundException
	switch {
	case errors.As(err, &missing):
		return s, nil
	case err != nil:
		return s, fmt.Errorf("read the secret %s: %w", id, err)
	}
	s.Exists = true
	value := text(out.SecretString)
	if value == "" {
		value = string(out.SecretBinary)
	}
	s.Text = Hide(value)
	// The error of the decoder would quote the value.
	if json.Unmarshal([]byte(value), &s.fields) != nil || s.fields == nil {
		return s, nil
	}
	s.IsJSON = true
	var address, key string
	if json.Unmarshal(s.fields[urlField], &address) == nil {
		s.URL = address
	}
	if json.Unmarshal(s.fields[keyField], &key) == nil {
		s.Key = Hide(key)
	}
	return s, nil
}

// With is the value of the secret with another URL and key; what else stands
// in it stays.
func (s Stored) With(address string, key Hidden) (Hidden, error) {
	fields := map[string]any{}
	for name, value := range s.fields {
		fields[name] = value
	}
	fields[urlField], fields[keyField] = address, key.Reveal()
	value, err := json.Marshal(fields)
	if err != nil {
		return Hidden{}, errors.New("write the secret as JSON")
	}
	return Hide(string(value)), nil
}

// Place is the URL without what must not be shown; nil when it is none.
func (s Stored) Place() *url.URL {
	u, err := url.Parse(s.URL)
	if err != nil || s.URL == "" {
		return nil
	}
	return &url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}
}
