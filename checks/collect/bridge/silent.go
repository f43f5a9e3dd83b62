package bridge

import (
	"errors"
	"fmt"
	"strings"

	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// silent is a call without an answer of AWS. The text of its error is not shown:
// it may quote what came instead, and with it a secret or a key.
type silent struct {
	what string
	err  error
}

func (s silent) Error() string { return s.what + ": " + Transport(s.err) }

func (s silent) Unwrap() error { return s.err }

// failed says which call failed, and why.
func failed(what string, err error) error {
	var api smithy.APIError
	switch {
	case Silent(err):
		return silent{what, err}
	case errors.As(err, &api):
		return answered{what, err, api}
	}
	return fmt.Errorf("%s: %w", what, err)
}

// answered is a call that AWS refused, in its own words.
type answered struct {
	what string
	err  error
	api  smithy.APIError
}

func (a answered) Error() string {
	return strings.TrimSuffix(a.what+": "+a.api.ErrorCode()+": "+a.api.ErrorMessage(), ": ")
}

func (a answered) Unwrap() error { return a.err }

// Silent reports whether the text of an error may quote an answer. An error of
// the service quotes none, and one before the request was sent has none.
func Silent(err error) bool {
	var api smithy.APIError
	var sent *smithyhttp.RequestSendError
	var answered *smithyhttp.ResponseError
	var decoded *smithy.DeserializationError
	return !errors.As(err, &api) && (errors.As(err, &sent) || errors.As(err, &answered) || errors.As(err, &decoded))
}
