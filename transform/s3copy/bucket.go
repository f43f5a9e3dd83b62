package s3copy

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Bucket is a store in S3.
type Bucket struct {
	client *s3.Client
	name   string
}

// OpenBucket is the bucket as the configuration reaches it. The client makes
// one attempt at each request; Retry makes more.
func OpenBucket(cfg aws.Config, name string, options ...func(*s3.Options)) *Bucket {
	once := func(o *s3.Options) {
		o.Retryer = aws.NopRetryer{}
		o.ResponseChecksumValidation = aws.ResponseChecksumValidationWhenRequired
		o.RequestChecksumCalculation = aws.RequestChecksumCalculationWhenRequired
		o.ContinueHeaderThresholdBytes = -1 // a round trip on every request is dearer than a refused body
		o.DisableLogOutputChecksumValidationSkipped = true
	}
	all := append([]func(*s3.Options){once, GiveUpAfter(DefaultStall)}, options...)
	return &Bucket{client: s3.NewFromConfig(cfg, all...), name: name}
}

// Stat implements Store.
func (b *Bucket) Stat(ctx context.Context, key string) (Object, error) {
	head, err := b.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &b.name, Key: &key, ChecksumMode: types.ChecksumModeEnabled})
	if err != nil {
		return Object{}, b.fault("look up", key, err)
	}
	f := facts{
		key: key, size: aws.ToInt64(head.ContentLength), etag: aws.ToString(head.ETag), encryption: head.ServerSideEncryption,
		sums: map[Algorithm]*string{SHA256: head.ChecksumSHA256, SHA1: head.ChecksumSHA1, CRC32: head.ChecksumCRC32, CRC32C: head.ChecksumCRC32C, CRC64NVME: head.ChecksumCRC64NVME},
	}
	if f.parts() > 0 {
		if f.sizes, err = b.partSizes(ctx, f); err != nil {
			return Object{}, err
		}
	}
	return f.object(), nil
}

// partSizes finds where a multipart object was cut: all parts but the last are
// as long as the first. Where that does not add up, its composite sums say nothing.
func (b *Bucket) partSizes(ctx context.Context, f facts) ([]int64, error) {
	head, err := b.client.HeadObject(ctx, &s3.HeadObjectInput{Bucket: &b.name, Key: &f.key, PartNumber: aws.Int32(1)})
	if err != nil {
		return nil, b.fault("look up", f.key, err)
	}
	first, n := aws.ToInt64(head.ContentLength), int64(f.parts())
	if first <= 0 || (f.size+first-1)/first != n {
		return nil, nil
	}
	sizes := make([]int64, n)
	for i := range sizes {
		sizes[i] = min(first, f.size-int64(i)*first)
	}
	return sizes, nil
}

// Open implements Store. It asks for the checksums with the bytes, and leaves
// it to the caller to verify them: the SDK would hash everything once more.
func (b *Bucket) Open(ctx context.Context, o Object, off, n int64) (*Body, error) {
	in := &s3.GetObjectInput{Bucket: &b.name, Key: &o.Key}
	if o.ETag != "" {
		in.IfMatch = aws.String(`"` + o.ETag + `"`)
	}
	whole := n == ToEnd || off == 0 && n == o.Size
	if !whole {
		in.Range = aws.String(fmt.Sprintf("bytes=%d-%d", off, off+n-1))
	}
	got, err := b.client.GetObject(ctx, in, s3.WithAPIOptions(smithyhttp.AddHeaderValue("x-amz-checksum-mode", "ENABLED")))
	if err != nil {
		return nil, b.fault("read", o.Key, err)
	}
	length := aws.ToInt64(got.ContentLength)
	if n == ToEnd {
		o.Size = length
	} else if length != n {
		got.Body.Close()
		return nil, &Error{Op: "read", Key: o.Key, Kind: ErrChanged, Err: fmt.Errorf("%d bytes come instead of %d", length, n)}
	}
	if whole && !o.Stated {
		f := facts{
			key: o.Key, size: o.Size, etag: aws.ToString(got.ETag), encryption: got.ServerSideEncryption,
			sums: map[Algorithm]*string{SHA256: got.ChecksumSHA256, SHA1: got.ChecksumSHA1, CRC32: got.ChecksumCRC32, CRC32C: got.ChecksumCRC32C, CRC64NVME: got.ChecksumCRC64NVME},
		}
		known := f.object()
		known = known.as(o)
		known.Stated, known.SHA256 = f.parts() == 0, o.SHA256
		o = known
	}
	return &Body{ReadCloser: got.Body, Object: o}, nil
}
