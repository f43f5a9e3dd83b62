package s3copy

import (
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"time"

	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/smithy-go"
)

func hexBytes(text string) ([]byte, error) { return hex.DecodeString(text) }

// kinds sorts the error codes of S3 by what can be done about them.
var kinds = map[string]error{
	"NoSuchKey": ErrNotFound, "NotFound": ErrNotFound, "NoSuchUpload": ErrNotFound,
	"NoSuchBucket": ErrNoBucket,
	"AccessDenied": ErrDenied, "Forbidden": ErrDenied, "AllAccessDisabled": ErrDenied,
	"InvalidAccessKeyId": ErrCredentials, "SignatureDoesNotMatch": ErrCredentials, "ExpiredToken": ErrCredentials,
	"InvalidToken": ErrCredentials, "XAdminUserNotFound": ErrCredentials, "RequestTimeTooSkewed": ErrClock,
	"QuotaExceeded": ErrBucketQuota, "BucketQuotaExceeded": ErrBucketQuota, "XMinioAdminBucketQuotaExceeded": ErrBucketQuota, "InsufficientStorage": ErrBucketQuota,
	"XMinioStorageFull": ErrBucketQuota, "StorageFull": ErrBucketQuota,
	"PermanentRedirect": ErrWrongRegion, "AuthorizationHeaderMalformed": ErrWrongRegion, "IllegalLocationConstraintException": ErrWrongRegion,
	"SlowDown": ErrThrottled, "Throttling": ErrThrottled, "ThrottlingException": ErrThrottled, "TooManyRequests": ErrThrottled, "ServiceUnavailable": ErrThrottled,
	"RequestTimeout": ErrTransient, "InternalError": ErrTransient,
	"BadDigest": ErrCorrupt, "XAmzContentSHA256Mismatch": ErrCorrupt, "XAmzContentChecksumMismatch": ErrCorrupt, "InvalidDigest": ErrCorrupt,
	"PreconditionFailed":         ErrExists,
	"ConditionalRequestConflict": ErrTransient, "OperationAborted": ErrTransient,
}

func (b *Bucket) fault(op, key string, err error) error {
	fault := &Error{Op: op + " s3://" + b.name, Err: err}
	if key != "" {
		fault.Op = op + " " + Quoted("s3://"+b.name+"/"+key)
	}
	var api smithy.APIError
	if errors.As(err, &api) {
		fault.Kind = kinds[api.ErrorCode()]
	}
	var answer *awshttp.ResponseError
	if errors.As(err, &answer) && answer.HTTPStatusCode() != 0 {
		fault.Kind = kindOfAnswer(fault.Kind, answer, op)
	} else if fault.Kind == nil && api == nil {
		fault.Kind = kindWithoutAnswer(err)
	}
	fault.Err = brief(api, answer, err)
	if region := regionOf(answer); region != "" && fault.Kind == ErrWrongRegion {
		fault.Err = fmt.Errorf("%w (it is in %s)", fault.Err, region)
	}
	if fault.Kind == ErrClock {
		fault.Err = clockFault(answer, time.Now())
	}
	return fault
}

// clockFault says by how much the clock is off, where the answer tells the time.
func clockFault(answer *awshttp.ResponseError, now time.Time) error {
	if answer == nil || answer.Response == nil {
		return errors.New("set it and try again")
	}
	there, err := http.ParseTime(answer.Response.Header.Get("Date"))
	if err != nil {
		return errors.New("set it and try again")
	}
	off, way := now.Sub(there), "ahead of"
	if off < 0 {
		off, way = -off, "behind"
	}
	return fmt.Errorf("the clock is off by %s: this computer's is %s the service's", span(off), way)
}

// span is a time as people say it.
func span(d time.Duration) string {
	n, unit := int(d.Round(time.Minute)/time.Minute), "minute"
	if n >= 120 {
		n, unit = int(d.Round(time.Hour)/time.Hour), "hour"
	}
	if n >= 48 && unit == "hour" {
		n, unit = n/24, "day"
	}
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

// regionOf is the bucket's region, where the answer tells it.
func regionOf(answer *awshttp.ResponseError) string {
	if answer == nil || answer.HTTPStatusCode() == 0 {
		return ""
	}
	return answer.Response.Header.Get("x-amz-bucket-region")
}

func kindOfAnswer(kind error, answer *awshttp.ResponseError, op string) error {
	code := answer.HTTPStatusCode()
	switch {
	case code == http.StatusPreconditionFailed && op == "read":
		return ErrChanged
	case kind != nil:
		return kind
	case code == http.StatusMovedPermanently || code == http.StatusTemporaryRedirect:
		return ErrWrongRegion
	case code == http.StatusBadRequest && answer.Response.Header.Get("x-amz-bucket-region") != "":
		return ErrWrongRegion
	case code == http.StatusForbidden:
		return ErrDenied
	case code == http.StatusNotFound:
		return ErrNotFound
	case code == http.StatusInsufficientStorage:
		return ErrBucketQuota
	case code == http.StatusConflict, code == http.StatusRequestTimeout:
		return ErrTransient
	case code == http.StatusTooManyRequests || code == http.StatusServiceUnavailable:
		return ErrThrottled
	case code >= 500:
		return ErrTransient
	}
	return nil
}
