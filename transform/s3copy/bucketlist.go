package s3copy

import (
	"context"
	"errors"
	"net/url"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// List implements Store.
func (b *Bucket) List(ctx context.Context, prefix string) ([]Object, error) {
	var found []Object
	for token := (*string)(nil); ; {
		page, objects, err := b.page(ctx, prefix, token)
		if err != nil {
			return nil, err
		}
		found = append(found, objects...)
		if !aws.ToBool(page.IsTruncated) {
			return found, nil
		}
		next := page.NextContinuationToken
		if aws.ToString(next) == "" || aws.ToString(next) == aws.ToString(token) {
			return nil, b.fault("list", prefix, errEndless)
		}
		token = next
	}
}

// errEndless is a listing that says there is more and not where: what came of it
// is not all.
var errEndless = errors.New("the listing is cut short, and does not say where it goes on")

// ListIfSmall lists the whole bucket when so many requests are enough for that,
// which spares a request for each object; ok is false when they are not.
func (b *Bucket) ListIfSmall(ctx context.Context, requests int) (found []Object, ok bool, err error) {
	var token *string
	for range requests {
		page, objects, err := b.page(ctx, "", token)
		if err != nil {
			return nil, false, err
		}
		found = append(found, objects...)
		if !aws.ToBool(page.IsTruncated) {
			return found, true, nil
		}
		if token = page.NextContinuationToken; aws.ToString(token) == "" {
			break
		}
	}
	return nil, false, nil
}

// page asks for keys in the encoding of URLs: XML cannot hold every key.
func (b *Bucket) page(ctx context.Context, prefix string, token *string) (*s3.ListObjectsV2Output, []Object, error) {
	in := &s3.ListObjectsV2Input{Bucket: &b.name, ContinuationToken: token, EncodingType: types.EncodingTypeUrl}
	if prefix != "" {
		in.Prefix = &prefix
	}
	page, err := b.client.ListObjectsV2(ctx, in)
	if err != nil {
		return nil, nil, b.fault("list", prefix, err)
	}
	found := make([]Object, 0, len(page.Contents))
	for _, c := range page.Contents {
		key, err := decodedKey(aws.ToString(c.Key), page.EncodingType)
		if err != nil {
			return nil, nil, b.fault("list", prefix, err)
		}
		found = append(found, Object{Key: key, Size: aws.ToInt64(c.Size), ETag: cleanETag(aws.ToString(c.ETag))})
	}
	return page, found, nil
}

// decodedKey undoes the encoding, where the service has used it: there a blank
// is a plus.
func decodedKey(key string, encoding types.EncodingType) (string, error) {
	if encoding != types.EncodingTypeUrl {
		return key, nil
	}
	return url.QueryUnescape(key)
}
