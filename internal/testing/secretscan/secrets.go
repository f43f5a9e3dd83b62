package secretscan

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"net/url"
	"strings"
	"sync"
)

// Mark stands in every secret that a test plants: whatever has it in its output
// leaks, and no test has to list its secrets.
const Mark = "seeded-secret-"

// Environment are secrets as they stand in the environment of whoever runs the
// programs. Alone they open nothing: the access key id is missing.
func Environment() []string {
	var all []string
	for _, name := range []string{
		"AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "GITHUB_TOKEN", "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
		"PULUMI_ACCESS_TOKEN", "PANTHER_API_KEY", "SNOWFLAKE_PASSWORD",
	} {
		all = append(all, name+"="+Mark+strings.ToLower(strings.ReplaceAll(name, "_", "-")))
	}
	return all
}

// Secrets are texts that nothing may show: all that have the mark, and those
// that an emulator made and a test learnt.
type Secrets struct {
	mu     sync.Mutex
	values []string
}

// Hide adds secrets that do not have the mark.
func (s *Secrets) Hide(values ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, v := range values {
		if v != "" {
			s.values = append(s.values, v)
		}
	}
}

// In tells where the text shows a secret, as it is or in an encoding that
// anyone can undo. What it says does not repeat the secret.
func (s *Secrets) In(text []byte) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var found []string
	lower := bytes.ToLower(text)
	for _, value := range append([]string{Mark}, s.values...) {
		for _, f := range forms(value) {
			in := text
			if f.anyCase {
				in = lower
			}
			if at := bytes.Index(in, []byte(f.text)); at >= 0 {
				found = append(found, fmt.Sprintf("line %d shows a secret, %s", 1+bytes.Count(text[:at], []byte("\n")), f.name))
				break
			}
		}
	}
	return found
}

type form struct {
	name, text string
	anyCase    bool
}

// forms are the ways in which a secret may stand in a text.
func forms(value string) []form {
	all := []form{
		{"as it is", strings.ToLower(value), true},
		{"in hexadecimal", hex.EncodeToString([]byte(value)), true},
		{"escaped for a URL", strings.ToLower(url.QueryEscape(value)), true},
		{"backwards", backwards(value), false},
	}
	// Base64 looks different at each of three places, and its ends depend on
	// what stands beside it.
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for shift := range 3 {
			text := encoding.EncodeToString([]byte(strings.Repeat("x", shift) + value))
			all = append(all, form{"in base64", text[min(len(text), (shift*8+5)/6) : len(text)-1], false})
		}
	}
	return all
}

func backwards(text string) string {
	b := []byte(text)
	for i, j := 0, len(b)-1; i < j; i, j = i+1, j-1 {
		b[i], b[j] = b[j], b[i]
	}
	return string(b)
}
