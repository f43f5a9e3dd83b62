package s3copy

import (
	"context"
	"errors"
	"strings"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

// kindWithoutAnswer sorts faults in which the service said nothing. Missing
// credentials never reach the wire; all else is a connection that may come back.
func kindWithoutAnswer(err error) error {
	var signing interface{ CanceledError() bool }
	var still *stalled
	switch {
	case errors.As(err, &still):
		return ErrTransient
	case errors.Is(err, context.Canceled), errors.As(err, &signing) && signing.CanceledError():
		return context.Canceled
	case noCredentials(err):
		return ErrCredentials
	}
	return ErrTransient
}

// noCredentials recognises the stage at which the SDK looks for credentials; it
// has no error type of its own.
func noCredentials(err error) bool {
	return strings.Contains(err.Error(), "get identity:") || strings.Contains(err.Error(), "retrieve credentials:")
}

// brief keeps what a person needs of an SDK error: the code and the message.
func brief(api smithy.APIError, answer *awshttp.ResponseError, err error) error {
	if api != nil {
		if api.ErrorMessage() == "" {
			return errors.New(api.ErrorCode())
		}
		return errors.New(api.ErrorCode() + ": " + api.ErrorMessage())
	}
	var still *stalled
	if errors.As(err, &still) {
		return still
	}
	var op *smithy.OperationError
	if answer != nil && answer.HTTPStatusCode() == 0 {
		return answer.Err
	}
	if errors.As(err, &op) {
		return op.Err
	}
	return err
}
