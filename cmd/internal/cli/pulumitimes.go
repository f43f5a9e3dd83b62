package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"regexp"

	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// textTime is a time that is written as text, where the protocol has a number.
var textTime = regexp.MustCompile(`"(startTime|endTime)":\s*"[^"]*"`)

// maxBuilds bounds what is read of an answer.
const maxBuilds = 8 << 20

// withoutTimes lets answers be read whose times are text, which endpoints that
// stand in for AWS write. No time of a build is used here, and a build that was
// started must not be reported as failed over one.
func withoutTimes(o *codebuild.Options) {
	o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
		return stack.Deserialize.Insert(middleware.DeserializeMiddlewareFunc("WithoutTimes", dropTimes), "OperationDeserializer", middleware.After)
	})
}

func dropTimes(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (middleware.DeserializeOutput, middleware.Metadata, error) {
	out, metadata, err := next.HandleDeserialize(ctx, in)
	response, ok := out.RawResponse.(*smithyhttp.Response)
	if err != nil || !ok {
		return out, metadata, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxBuilds))
	response.Body.Close()
	if err != nil {
		return out, metadata, fmt.Errorf("read the answer of CodeBuild: %w", err)
	}
	response.Body = io.NopCloser(bytes.NewReader(textTime.ReplaceAll(body, []byte(`"$1":0`))))
	return out, metadata, nil
}
