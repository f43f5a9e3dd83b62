package s3copy

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"sync"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

var errNoDigest = errors.New("the part's digest is not known")

// objectTarget is an object being uploaded. Every part is sent with its
// SHA-256, which the service verifies before it keeps the part; the sum of the
// parts' sums is compared when the object is completed.
type objectTarget struct {
	bucket *Bucket
	object Object
	upload string             // empty for an object of one part
	left   map[int]types.Part // by an interrupted upload

	mu    sync.Mutex
	parts []types.CompletedPart
	done  Object
}

// Create implements Store.
func (b *Bucket) Create(ctx context.Context, o Object) (Target, error) {
	t := &objectTarget{bucket: b, object: o}
	n := len(o.Split())
	if n == 1 {
		return t, nil
	}
	t.parts = make([]types.CompletedPart, n)
	if b.resume(ctx, t); t.upload != "" {
		return t, nil
	}
	made, err := b.client.CreateMultipartUpload(ctx, &s3.CreateMultipartUploadInput{
		Bucket: &b.name, Key: &o.Key, ChecksumAlgorithm: types.ChecksumAlgorithmSha256, ChecksumType: types.ChecksumTypeComposite,
	})
	if err != nil {
		return nil, b.fault("write", o.Key, err)
	}
	t.upload = aws.ToString(made.UploadId)
	return t, nil
}

// WritePart implements Target. The body must be seekable, and the digest of a
// part of many must be known.
func (t *objectTarget) WritePart(ctx context.Context, p Part, body io.Reader) error {
	_, again := body.(io.Seeker)
	if p.SHA256 == nil && (t.upload != "" || !again) {
		return &Error{Op: "write", Key: t.object.Key, Err: errNoDigest}
	}
	if t.upload == "" {
		return t.put(ctx, p, body)
	}
	sum := base64.StdEncoding.EncodeToString(p.SHA256)
	if there, ok := t.has(p); ok {
		t.completed(p, there.ETag, sum)
		return nil
	}
	stream := newSending(body, p, t.object, false)
	sent, err := t.bucket.client.UploadPart(ctx, &s3.UploadPartInput{
		Bucket: &t.bucket.name, Key: &t.object.Key, UploadId: &t.upload, PartNumber: aws.Int32(int32(p.Number)),
		Body: stream, ContentLength: &p.Size, ChecksumSHA256: &sum, ChecksumAlgorithm: types.ChecksumAlgorithmSha256,
	}, unsigned)
	if err != nil {
		return cmp.Or(stream.failed(), t.bucket.fault("write", t.object.Key, err))
	}
	t.completed(p, sent.ETag, sum)
	return nil
}

func (t *objectTarget) completed(p Part, etag *string, sum string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.parts[p.Number-1] = types.CompletedPart{PartNumber: aws.Int32(int32(p.Number)), ETag: etag, ChecksumSHA256: &sum}
}

// put sends an object in one piece. A digest that is known beforehand goes
// before the bytes, any other after them.
func (t *objectTarget) put(ctx context.Context, p Part, body io.Reader) error {
	checked := newSending(body, p, t.object, true)
	in := &s3.PutObjectInput{Bucket: &t.bucket.name, Key: &t.object.Key, Body: checked, ContentLength: &p.Size}
	if !t.object.Replace {
		in.IfNoneMatch = aws.String("*")
	}
	option, digest := unsigned, func() []byte { return p.SHA256 }
	if p.SHA256 == nil {
		stream := newTrailing(checked, p.Size)
		option, digest = stream.options, stream.digest
		in.Body, in.ContentLength, in.ContentEncoding = stream, aws.Int64(stream.length()), aws.String("aws-chunked")
	} else {
		in.ChecksumSHA256, in.ChecksumAlgorithm = aws.String(base64.StdEncoding.EncodeToString(p.SHA256)), types.ChecksumAlgorithmSha256
	}
	sent, err := t.bucket.client.PutObject(ctx, in, option)
	if err == nil {
		sum := digest()
		t.done = Object{Key: t.object.Key, Size: p.Size, ETag: cleanETag(aws.ToString(sent.ETag)), SHA256: hex.EncodeToString(sum), Stated: true}
		return t.echoed(sent.ChecksumSHA256, sum)
	}
	if err := checked.failed(); err != nil {
		return err
	}
	fault := t.bucket.fault("write", t.object.Key, err)
	if errors.Is(fault, ErrExists) && p.SHA256 != nil {
		return t.adopt(ctx, Sum{Algorithm: SHA256, Value: p.SHA256}, fault)
	}
	return fault
}

func (t *objectTarget) echoed(got *string, sum []byte) error {
	want := base64.StdEncoding.EncodeToString(sum)
	if got == nil || *got == want {
		return nil
	}
	return &Error{Op: "verify", Key: t.object.Key, Kind: ErrCorrupt, Err: fmt.Errorf("the bucket holds SHA-256 %s instead of %s", *got, want)}
}
