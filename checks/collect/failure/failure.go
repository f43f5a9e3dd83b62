// Package failure says why a call to AWS was not answered, in the words that
// gaps use. It makes no call, and quotes nothing of an answer.
package failure

import (
	"context"
	"encoding/xml"
	"errors"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"

	smithy "github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// The reasons of a gap.
const (
	AccessDenied   = "AccessDenied"
	Credentials    = "Credentials"
	Throttled      = "Throttled"
	Timeout        = "Timeout"
	RegionDisabled = "RegionDisabled"
	NoEndpoint     = "NoEndpoint"
	Unparseable    = "Unparseable"
	Network        = "Network"
	ServiceError   = "ServiceError"
)

// codes are the error codes of all services by what they mean.
var codes = []struct {
	reason string
	codes  []string
}{
	{AccessDenied, []string{"AccessDenied", "AccessDeniedException", "UnauthorizedOperation", "AuthorizationError", "AuthorizationErrorException",
		"Forbidden", "403", "NotAuthorized", "UnauthorizedException", "KMSAccessDeniedException", "Unauthorized"}},
	{Credentials, []string{"ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId",
		"SignatureDoesNotMatch", "RequestExpired", "MissingAuthenticationToken", "IncompleteSignature", "InvalidSignatureException"}},
	{Throttled, []string{"Throttling", "ThrottlingException", "ThrottledException", "RequestLimitExceeded", "TooManyRequestsException",
		"SlowDown", "RequestThrottled", "RequestThrottledException", "PriorRequestNotComplete", "LimitExceededException", "BandwidthLimitExceeded"}},
	{RegionDisabled, []string{"OptInRequired", "SubscriptionRequiredException", "AuthFailure", "InvalidRegion"}},
}

// Reason says in one word why a call was not answered.
func Reason(err error) string {
	var api smithy.APIError
	var dns *net.DNSError
	var network *net.OpError
	var response *smithyhttp.ResponseError
	var notSent interface{ NotSent() string }
	switch {
	case errors.As(err, &notSent):
		return "NotSent: " + notSent.NotSent()
	case errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return Timeout
	case errors.As(err, &api) && known(api.ErrorCode()) != "":
		return known(api.ErrorCode())
	case errors.As(err, &dns) && dns.IsNotFound, strings.Contains(err.Error(), "no rule matches"),
		strings.Contains(err.Error(), "not resolve endpoint"), strings.Contains(err.Error(), "resolve service endpoint"):
		return NoEndpoint
	case strings.Contains(err.Error(), "failed to refresh cached credentials"), strings.Contains(err.Error(), "get identity"):
		return Credentials
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF) && !isUnparseable(err):
		return Network
	case isUnparseable(err):
		return Unparseable
	case errors.As(err, &response):
		return byStatus(response, api)
	case errors.As(err, &network), strings.Contains(err.Error(), "connection reset"):
		return Network
	}
	return ServiceError
}

// byStatus judges an answer whose code is of no class.
func byStatus(r *smithyhttp.ResponseError, api smithy.APIError) string {
	switch {
	case r.HTTPStatusCode() == http.StatusForbidden, r.HTTPStatusCode() == http.StatusUnauthorized:
		return AccessDenied
	case r.HTTPStatusCode() == http.StatusTooManyRequests:
		return Throttled
	case api != nil && api.ErrorCode() != "" && api.ErrorCode() != "UnknownError":
		return api.ErrorCode()
	}
	return ServiceError
}

func known(code string) string {
	for _, c := range codes {
		if slices.Contains(c.codes, code) {
			return c.reason
		}
	}
	return ""
}

func isTimeout(err error) bool {
	var timed net.Error
	return errors.As(err, &timed) && timed.Timeout()
}

// isUnparseable knows an answer that is not of the protocol, such as the HTML
// page of a proxy.
func isUnparseable(err error) bool {
	var decode *smithy.DeserializationError
	var syntax *xml.SyntaxError
	return errors.As(err, &decode) || errors.As(err, &syntax)
}

// HoldsNo is an answer without what it must hold: as good as none.
func HoldsNo(what string) error {
	return &smithy.DeserializationError{Err: errors.New("the answer holds no " + what)}
}

// Denied reports whether a permission is what was missing.
func Denied(err error) bool { return Reason(err) == AccessDenied }

// Code is the error code of an answer, empty for any other error.
func Code(err error) string {
	var api smithy.APIError
	if errors.As(err, &api) {
		return api.ErrorCode()
	}
	return ""
}

// Is reports whether the service answered with one of the codes.
func Is(err error, codes ...string) bool {
	return slices.Contains(codes, Code(err))
}
