package s3copy

import (
	"context"
	"errors"
	"fmt"
	"strings"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

// kindWithoutAnswer sorts faults in which the service said nothing. Missing
// credentials never reach the wire; all else is a connection that may come back.
func kindWithoutAnswer(err error) error {
	var signing interface{ CanceledError() bool }
	switch {
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

// brief keeps what a person needs of an SDK error: the code, the message, and
// the region in which the bucket is, where the answer tells it.
func brief(kind error, api smithy.APIError, answer *awshttp.ResponseError, err error) error {
	if api == nil {
		var op *smithy.OperationError
		if errors.As(err, &op) {
			return op.Err
		}
		return err
	}
	text := api.ErrorCode()
	if api.ErrorMessage() != "" {
		text += ": " + api.ErrorMessage()
	}
	if kind == ErrWrongRegion && answer != nil {
		if region := answer.Response.Header.Get("x-amz-bucket-region"); region != "" {
			text += fmt.Sprintf(" (it is in %s)", region)
		}
	}
	return errors.New(text)
}
