package s3copy

import (
	"encoding/base64"
	"regexp"
	"strconv"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3/types"
)

// facts are the headers of an answer about one object.
type facts struct {
	key, etag  string
	size       int64
	encryption types.ServerSideEncryption
	sums       map[Algorithm]*string
	sizes      []int64
}

var md5ETag = regexp.MustCompile(`^([0-9a-f]{32})(?:-([0-9]+))?$`)

// parts is how many parts the object was uploaded in, 0 when in one piece.
func (f facts) parts() int {
	_, count, _ := strings.Cut(cleanETag(f.etag), "-")
	n, _ := strconv.Atoi(count)
	return n
}

func (f facts) object() Object {
	o := Object{Key: f.key, Size: f.size, ETag: cleanETag(f.etag), Stated: true}
	for _, a := range byCost {
		text, count, composite := strings.Cut(aws.ToString(f.sums[a]), "-")
		value, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(value) == 0 {
			continue
		}
		sum := Sum{Algorithm: a, Value: value}
		if composite && count != "" {
			if f.sizes == nil {
				continue
			}
			sum.PartSizes = f.sizes
		}
		o.Sums = append(o.Sums, sum)
	}
	return f.withMD5(o)
}

// withMD5 reads the ETag as the MD5 that it is, unless the object is encrypted
// with a key of KMS or of the customer: then it is no digest of the bytes.
func (f facts) withMD5(o Object) Object {
	m := md5ETag.FindStringSubmatch(o.ETag)
	if m == nil || f.encryption != "" && f.encryption != types.ServerSideEncryptionAes256 || m[2] != "" && f.sizes == nil {
		return o
	}
	value, err := hexBytes(m[1])
	if err != nil {
		return o
	}
	o.Sums = append(o.Sums, Sum{Algorithm: MD5, Value: value, PartSizes: f.sizes})
	return o
}
