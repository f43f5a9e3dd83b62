package collect

import (
	"io"
	"net/http"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
)

// noPages refuses web pages. A proxy or a sign-in page may answer in the place
// of AWS, with success and well-formed, and to a client that skips what it
// does not know such a page is an empty list.
type noPages struct {
	aws.HTTPClient
}

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
	// An error from here would be retried as one of the network. This body no
	// decoder takes, whatever its protocol.
	response.Body.Close()
	response.Body, response.ContentLength, response.StatusCode = io.NopCloser(strings.NewReader("\x00")), 1, http.StatusOK
	return response, nil
}

// isPage knows a page by its type, where the answer has no id of a request: an
// object in S3 may well be a page. A server that fails is retried.
func isPage(r *http.Response) bool {
	return r.StatusCode < http.StatusInternalServerError && strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") &&
		r.Header.Get("X-Amz-Request-Id") == "" && r.Header.Get("X-Amzn-Requestid") == ""
}
