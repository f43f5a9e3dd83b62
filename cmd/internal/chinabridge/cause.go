package chinabridge

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"net/url"
	"strings"

	"github.com/aws/smithy-go"

	"github.com/panther-preflight/panther-preflight/checks/collect/bridge"
)

// because is why a call failed, in the words of AWS. A message that quotes
// something of what must not be shown is left out.
func because(err error, hidden ...bridge.Hidden) string {
	text, short := err.Error(), "the call failed"
	var api smithy.APIError
	switch {
	case errors.As(err, &api):
		text, short = api.ErrorCode()+": "+api.ErrorMessage(), api.ErrorCode()
	case errors.Is(err, context.DeadlineExceeded):
		return "no answer in time"
	case errors.Is(err, context.Canceled):
		return "interrupted"
	case bridge.Silent(err):
		return bridge.Transport(err)
	}
	for _, h := range hidden {
		if quotes(text, h.Reveal()) {
			return short
		}
	}
	return strings.TrimSuffix(text, ": ")
}

// quotes looks for a text as it is, and in the encodings that messages use.
func quotes(message, text string) bool {
	if text == "" {
		return false
	}
	asJSON, _ := json.Marshal(text) // a text is always JSON
	for _, form := range []string{
		text, strings.Trim(string(asJSON), `"`), url.QueryEscape(text), url.PathEscape(text),
		base64.StdEncoding.EncodeToString([]byte(text)), hex.EncodeToString([]byte(text)),
	} {
		if strings.Contains(message, form) {
			return true
		}
	}
	return false
}
