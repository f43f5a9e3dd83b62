package collect

import (
	"errors"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	smithy "github.com/aws/smithy-go"
)

// noPages refuses web pages. A proxy or a sign-in page may answer in the place
// of AWS, with success and well-formed, and to a client that skips what it
// does not know such a page is an empty list.
type noPages struct {
	aws.HTTPClient
}

var errPage = errors.New("a web page was answered, not AWS")

func guarded(c aws.HTTPClient) aws.HTTPClient {
	if c == nil {
		c = awshttp.NewBuildableClient()
	}
	return noPages{c}
}

// Do makes the request.
func (c noPages) Do(request *http.Request) (*http.Response, error) {
	response, err := c.HTTPClient.Do(request)
	if err != nil || !isPage(response) {
		return response, err
	}
	response.Body.Close()
	return nil, &smithy.DeserializationError{Err: errPage}
}

// isPage knows a page by its type, where no AWS service signed the answer with
// the id of the request: an object in S3 may well be a page.
func isPage(r *http.Response) bool {
	return strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") &&
		r.Header.Get("X-Amz-Request-Id") == "" && r.Header.Get("X-Amzn-Requestid") == ""
}
