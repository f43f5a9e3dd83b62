package collect

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/codebuild"
	smithy "github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// errNoStart makes a gap of a build whose start is not told: whether it ran
// since the last update could not be judged.
var errNoStart = &smithy.DeserializationError{Err: errors.New("a build without the time of its start")}

// textTime is a time that is written as text, where the protocol has a number.
var textTime = regexp.MustCompile(`"(startTime|endTime)":\s*"([^"]*)"`)

// maxAnswer bounds how much of one answer is read.
const maxAnswer = 16 << 20

// TextTimes lets a client read the answers of endpoints that stand in for AWS
// and write times as text. One that is no time is left out.
func TextTimes(o *codebuild.Options) {
	o.APIOptions = append(o.APIOptions, func(stack *middleware.Stack) error {
		return stack.Deserialize.Insert(middleware.DeserializeMiddlewareFunc("TextTimes", numberTimes), "OperationDeserializer", middleware.After)
	})
}

func numberTimes(ctx context.Context, in middleware.DeserializeInput, next middleware.DeserializeHandler) (middleware.DeserializeOutput, middleware.Metadata, error) {
	out, metadata, err := next.HandleDeserialize(ctx, in)
	response, ok := out.RawResponse.(*smithyhttp.Response)
	if err != nil || !ok {
		return out, metadata, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer))
	response.Body.Close()
	if err != nil {
		return out, metadata, fmt.Errorf("read the answer of CodeBuild: %w", err)
	}
	body = textTime.ReplaceAllFunc(body, func(found []byte) []byte {
		parts := textTime.FindSubmatch(found)
		number := "null"
		if at, err := time.Parse(time.RFC3339, string(parts[2])); err == nil {
			number = strconv.FormatInt(at.Unix(), 10)
		}
		return []byte(`"` + string(parts[1]) + `":` + number)
	})
	response.Body = io.NopCloser(bytes.NewReader(body))
	return out, metadata, nil
}
