package s3copy

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// Commit implements Target.
func (t *objectTarget) Commit(ctx context.Context, sum Object) (Object, error) {
	if t.upload == "" {
		if t.object.Size > minPart {
			t.bucket.abandon(ctx, t.object.Key)
		}
		t.done.SHA256 = cmp.Or(t.done.SHA256, sum.SHA256)
		return t.done, nil
	}
	composite := t.composite()
	in := &s3.CompleteMultipartUploadInput{
		Bucket: &t.bucket.name, Key: &t.object.Key, UploadId: &t.upload, MultipartUpload: &types.CompletedMultipartUpload{Parts: t.parts},
	}
	if !t.object.Replace {
		in.IfNoneMatch = aws.String("*")
	}
	made, err := t.bucket.client.CompleteMultipartUpload(ctx, in)
	if err == nil {
		done := Object{Key: t.object.Key, Size: t.object.Size, ETag: cleanETag(aws.ToString(made.ETag)), SHA256: sum.SHA256, Stated: true}
		return done, t.echoed(withoutCount(made.ChecksumSHA256), composite)
	}
	fault := t.bucket.fault("write", t.object.Key, err)
	if errors.Is(fault, ErrExists) {
		t.bucket.abandon(ctx, t.object.Key)
	}
	if errors.Is(fault, ErrExists) || errors.Is(fault, ErrNotFound) {
		if err := t.adopt(ctx, Sum{Algorithm: SHA256, Value: composite, PartSizes: t.object.partSizes()}, fault); err != nil {
			return Object{}, err
		}
		t.done.SHA256 = sum.SHA256
		return t.done, nil
	}
	return Object{}, fault
}

// composite is the SHA-256 of the parts' SHA-256, which is what S3 keeps of an
// object that came in parts.
func (t *objectTarget) composite() []byte {
	all := sha256.New()
	for _, p := range t.parts {
		value, _ := base64.StdEncoding.DecodeString(aws.ToString(p.ChecksumSHA256))
		all.Write(value)
	}
	return all.Sum(nil)
}

func withoutCount(sum *string) *string {
	if sum == nil {
		return nil
	}
	value, _, _ := strings.Cut(*sum, "-")
	return &value
}

// Abort implements Target. The parts of an upload that was interrupted stay for
// the next run, which takes them up; those of one that went wrong would be paid
// for and serve nobody.
func (t *objectTarget) Abort(ctx context.Context, cause error) error {
	if t.upload == "" || !errors.Is(cause, ErrCorrupt) && !errors.Is(cause, ErrExists) {
		return nil
	}
	_, err := t.bucket.client.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: &t.bucket.name, Key: &t.object.Key, UploadId: &t.upload})
	if err != nil {
		return t.bucket.fault("abort", t.object.Key, err)
	}
	return nil
}
