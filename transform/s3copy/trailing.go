package s3copy

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"hash"
	"io"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// trailing is an object's bytes with their SHA-256 after them, in the framing
// that S3 calls aws-chunked. The digest is computed while the bytes are sent,
// so that a file of any size is read once. Seeking to the start begins anew.
type trailing struct {
	body io.ReadSeeker
	size int64

	sum  hash.Hash
	left int64
	text []byte // of the framing, to be read next
	last bool   // text is the trailer
}

const trailerName = "x-amz-checksum-sha256"

func newTrailing(body io.ReadSeeker, size int64) *trailing {
	t := &trailing{body: body, size: size}
	t.begin()
	return t
}

func (t *trailing) begin() {
	t.sum, t.left, t.last = sha256.New(), t.size, false
	if t.text = nil; t.size > 0 {
		t.text = fmt.Appendf(nil, "%x\r\n", t.size)
	}
}

// length is how long the whole is with its framing.
func (t *trailing) length() int64 {
	n := int64(len(t.end()))
	if t.size > 0 {
		n += t.size + int64(len(fmt.Sprintf("%x\r\n", t.size)))
	}
	return n
}

// end is the trailer; all sums are of one length.
func (t *trailing) end() []byte {
	text := "0\r\n" + trailerName + ":" + base64.StdEncoding.EncodeToString(t.sum.Sum(nil)) + "\r\n\r\n"
	if t.size > 0 {
		text = "\r\n" + text
	}
	return []byte(text)
}

func (t *trailing) Read(p []byte) (int, error) {
	if len(t.text) == 0 && t.left == 0 && !t.last {
		t.text, t.last = t.end(), true
	}
	switch {
	case len(t.text) > 0:
		n := copy(p, t.text)
		t.text = t.text[n:]
		return n, nil
	case t.last:
		return 0, io.EOF
	}
	n, err := t.body.Read(p[:min(int64(len(p)), t.left)])
	t.sum.Write(p[:n])
	if t.left -= int64(n); err == io.EOF {
		if err = nil; t.left > 0 {
			err = fmt.Errorf("%d bytes are missing at its end: %w", t.left, ErrChanged)
		}
	}
	return n, err
}

// Seek implements io.Seeker, for the start alone and to tell the length.
func (t *trailing) Seek(offset int64, whence int) (int64, error) {
	switch {
	case whence == io.SeekEnd && offset == 0:
		return t.length(), nil
	case whence == io.SeekCurrent && offset == 0 && t.left == t.size:
		return 0, nil
	case whence != io.SeekStart || offset != 0:
		return 0, errors.New("it can be read from its start only")
	}
	if _, err := t.body.Seek(0, io.SeekStart); err != nil {
		return 0, fmt.Errorf("read it again: %w", err)
	}
	t.begin()
	return 0, nil
}

// digest is the SHA-256 of what was sent.
func (t *trailing) digest() []byte { return t.sum.Sum(nil) }

// options tell the service how the body is framed.
func (t *trailing) options(o *s3.Options) {
	o.APIOptions = append(o.APIOptions, payload("STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
		smithyhttp.SetHeaderValue("X-Amz-Decoded-Content-Length", fmt.Sprint(t.size)),
		smithyhttp.SetHeaderValue("X-Amz-Trailer", trailerName))
}

// unsigned leaves the body out of the signature: the signed checksum header
// covers it, and one hash of the body is enough.
func unsigned(o *s3.Options) { o.APIOptions = append(o.APIOptions, payload("UNSIGNED-PAYLOAD")) }

// payload states what is signed in the place of the body.
func payload(text string) func(*middleware.Stack) error {
	return func(stack *middleware.Stack) error {
		return stack.Initialize.Add(middleware.InitializeMiddlewareFunc("BodyIsCoveredByChecksum",
			func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
				return next.HandleInitialize(v4.SetPayloadHash(ctx, text), in)
			}), middleware.Before)
	}
}
