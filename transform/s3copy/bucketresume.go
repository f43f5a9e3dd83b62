package s3copy

import (
	"context"
	"encoding/base64"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// resume finds an upload of the same key that was interrupted, and the parts
// that it left, so that they are neither sent again nor paid for in vain.
func (b *Bucket) resume(ctx context.Context, t *objectTarget) {
	for _, upload := range b.unfinished(ctx, t.object.Key) {
		t.upload = upload
		t.left = b.leftParts(ctx, t)
	}
}

// unfinished are the uploads of a key that this program may have begun. Where
// looking for one is not allowed there is none.
func (b *Bucket) unfinished(ctx context.Context, key string) []string {
	page, err := b.client.ListMultipartUploads(ctx, &s3.ListMultipartUploadsInput{Bucket: &b.name, Prefix: &key})
	if err != nil {
		return nil
	}
	var found []string
	for _, u := range page.Uploads {
		if aws.ToString(u.Key) == key && u.ChecksumAlgorithm == types.ChecksumAlgorithmSha256 {
			found = append(found, aws.ToString(u.UploadId))
		}
	}
	return found
}

// abandon ends the uploads of a key under which an object stands by now: none
// can be completed any more, and their parts would be paid for.
func (b *Bucket) abandon(ctx context.Context, key string) {
	for _, upload := range b.unfinished(ctx, key) {
		b.client.AbortMultipartUpload(ctx, &s3.AbortMultipartUploadInput{Bucket: &b.name, Key: &key, UploadId: &upload}) //nolint:errcheck // the object is there all the same
	}
}

// leftParts are the digests of the parts that stand in an upload.
func (b *Bucket) leftParts(ctx context.Context, t *objectTarget) map[int]types.Part {
	left := map[int]types.Part{}
	pages := s3.NewListPartsPaginator(b.client, &s3.ListPartsInput{Bucket: &b.name, Key: &t.object.Key, UploadId: &t.upload})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil
		}
		for _, p := range page.Parts {
			left[int(aws.ToInt32(p.PartNumber))] = p
		}
	}
	return left
}

// has tells whether the very part stands in the upload already.
func (t *objectTarget) has(p Part) (types.Part, bool) {
	there, ok := t.left[p.Number]
	sum, err := base64.StdEncoding.DecodeString(aws.ToString(there.ChecksumSHA256))
	return there, ok && err == nil && aws.ToInt64(there.Size) == p.Size && string(sum) == string(p.SHA256)
}
