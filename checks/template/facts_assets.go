package template

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/arn"
	"github.com/panther-preflight/panther-preflight/checks/sam"
)

// assets reports what the resource makes CloudFormation fetch.
func (r Resource) assets() []checks.Asset {
	rows := assetRows()[r.Type]
	if len(rows) == 0 {
		return nil
	}
	var out []checks.Asset
	p := r.Properties()
	for _, o := range rows {
		for _, found := range follow(p, o.steps, false) {
			if a, is := r.asset(o, found); is {
				out = append(out, a)
			}
		}
	}
	return out
}

func (r Resource) asset(o observed, found seen) (checks.Asset, bool) {
	v := found.value
	a := checks.Asset{
		Subject: r.Subject, Type: r.Type, Path: o.path, Kind: o.kind, Exists: r.Exists.String(),
		File: v.At.File, Line: v.At.Line, Column: v.At.Column,
	}
	if found.open && r.Exists == Yes {
		a.Exists = Undecided.String()
	}
	switch v.Kind {
	case Literal, Pattern:
		a.Text = v.Text()
		locate(&a)
	case Map:
		bucket, key := first(v, "S3Bucket", "Bucket", "BucketName", "BucketARN"), first(v, "S3Key", "Key", "ObjectKey", "FileKey")
		if bucket.Kind == NoValue {
			return a, false
		}
		a.Bucket, a.Key = bucket.Text(), key.Text()
		a.Text = "s3://" + a.Bucket + "/" + a.Key
		a.File, a.Line, a.Column = bucket.At.File, bucket.At.Line, bucket.At.Column
		a.Region = regionIn(a.Bucket)
	default:
		return a, false
	}
	return a, true
}

func first(v Value, keys ...string) Value {
	for _, k := range keys {
		if f := v.Get(k); f.Kind != NoValue {
			return f
		}
	}
	return Value{Kind: NoValue}
}

// imageHost is a private registry of ECR.
var imageHost = regexp.MustCompile(`^([0-9*]+)\.dkr\.ecr(?:-fips)?\.([a-z0-9*-]+)\.(amazonaws\.com(?:\.cn)?)/`)

// locate reads the place that the asset's text names.
func locate(a *checks.Asset) {
	if m := imageHost.FindStringSubmatch(a.Text); m != nil {
		a.Account, a.Region, a.Partition = m[1], known(m[2]), suffixPartition(m[3])
		return
	}
	if name, is := arn.Parse(a.Text); is {
		a.Account, a.Region, a.Partition = known(name.Account), known(name.Region), known(name.Partition)
		return
	}
	if bucket, key, is := sam.S3Location(a.Text); is {
		a.Bucket, a.Key = bucket, key
		a.Region = regionIn(bucket)
		return
	}
	u, err := url.Parse(a.Text)
	if err != nil || u.Host == "" {
		a.Local = a.Kind != "image"
		return
	}
	a.Key = strings.TrimPrefix(u.Path, "/")
	if m := amazonHost.FindStringSubmatch(u.Host); m != nil {
		a.Partition, a.Region = suffixPartition(m[0]), regionIn(u.Host)
		a.Bucket, _, _ = strings.Cut(u.Host, ".s3")
		if a.Bucket == u.Host || strings.HasPrefix(u.Host, "s3") {
			a.Bucket, a.Key, _ = strings.Cut(a.Key, "/")
		}
	}
}

// known drops the star of a part that only the deployment fills in.
func known(part string) string {
	if strings.Contains(part, "*") {
		return ""
	}
	return part
}
