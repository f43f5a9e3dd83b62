package bridge

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager/types"

	"github.com/panther-preflight/panther-preflight/checks"
)

// The fields of the secret that the proxy web app reads.
const (
	urlField = "URL"
	keyField = "API_KEY"
)

// Stored is the secret in the proxy region.
type Stored struct {
	ID  string
	ARN string
	// Version is the id of the version that was read.
	Version string
	Exists  bool
	// Deleting says that the secret is scheduled for deletion, Valueless that no
	// version of it is current.
	Deleting, Valueless bool
	// Text is the whole value.
	Text Hidden
	// IsJSON says that the value is one JSON object; URL and Key are empty
	// where it has none. What stands under URL may be the key.
	IsJSON bool
	URL    Hidden
	Key    Hidden
	// fields are those of the value; behind a pointer, as Hidden is.
	fields *map[string]json.RawMessage
}

// Secret reads the secret. That it does not exist, is scheduled for deletion or
// has no value is an answer, not an error.
func Secret(ctx context.Context, api SecretsAPI, id string) (Stored, error) {
	s := Stored{ID: id}
	out, err := api.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: &id})
	var missing *types.ResourceNotFoundException
	var invalid *types.InvalidRequestException
	switch {
	case errors.As(err, &missing):
		s.Valueless = strings.Contains(missing.ErrorMessage(), "secret value")
		s.Exists = s.Valueless
		return s, nil
	case errors.As(err, &invalid) && marked(invalid.ErrorMessage()):
		s.Exists, s.Deleting = true, true
		return s, nil
	case err != nil:
		return s, failed("read the secret "+id, err)
	}
	s.Exists, s.ARN, s.Version = true, text(out.ARN), text(out.VersionId)
	value := text(out.SecretString)
	if value == "" {
		value = string(out.SecretBinary)
	}
	s.Text = Hide(value)
	// The error of the decoder would quote the value.
	var fields map[string]json.RawMessage
	if json.Unmarshal([]byte(value), &fields) != nil || fields == nil {
		return s, nil
	}
	s.IsJSON, s.fields = true, &fields
	var address, key string
	if json.Unmarshal(fields[urlField], &address) == nil {
		s.URL = Hide(address)
	}
	if json.Unmarshal(fields[keyField], &key) == nil {
		s.Key = Hide(key)
	}
	return s, nil
}

// marked knows the message of Secrets Manager for a secret that is scheduled
// for deletion; it has no error code of its own.
func marked(message string) bool {
	return strings.Contains(message, "marked for deletion") || strings.Contains(message, "marked deleted") || strings.Contains(message, "scheduled for deletion")
}

// With is the value of the secret with another URL and key; what else stands
// in it stays.
func (s Stored) With(address, key Hidden) (Hidden, error) {
	fields := map[string]any{}
	if s.fields != nil {
		for name, value := range *s.fields {
			fields[name] = value
		}
	}
	fields[urlField], fields[keyField] = address.Reveal(), key.Reveal()
	value, err := json.Marshal(fields)
	if err != nil {
		return Hidden{}, errors.New("write the secret as JSON")
	}
	return Hide(string(value)), nil
}

// Sendable reports whether the key of the secret can be an API key.
func (s Stored) Sendable() bool { return keyState(s.Key) == checks.KeyText }

// keyState says whether a text can be an API key: no white space, and nothing
// that a header does not take.
func keyState(key Hidden) string {
	switch {
	case key.Empty():
		return ""
	case strings.ContainsFunc(key.Reveal(), func(r rune) bool { return r <= ' ' || r > '~' }):
		return checks.KeyInvalid
	}
	return checks.KeyText
}
