package main

import (
	"context"
	"fmt"
	"net/http"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// fixedWorkers moves every object of a folder or bucket with 256 requests under
// way from the start, whatever the link: no template is read, nothing adapts.
func fixedWorkers(way string, args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("-as-workers WAY ENDPOINT RELEASE TARGET")
	}
	cfg := aws.Config{
		Region: "us-east-1", BaseEndpoint: &args[0],
		Credentials: credentials.NewStaticCredentialsProvider(os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY"), ""),
		HTTPClient:  awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) { t.MaxIdleConns, t.MaxIdleConnsPerHost = 512, 512 }),
	}
	bucket := s3copy.Limit(s3copy.OpenBucket(cfg, "bench-fixed"), s3copy.NewLimiter(256, 256))
	c := &s3copy.Copier{To: bucket, Local: true, Observer: nobody{}}
	dir := args[1]
	if way == "download" {
		dir = args[2]
	}
	folder, err := s3copy.CreateFolder(dir)
	if err != nil {
		return err
	}
	c.From = folder
	if way == "download" {
		c = &s3copy.Copier{From: bucket, To: folder, Observer: nobody{}}
	}
	all, err := c.From.List(context.Background(), "")
	if err != nil {
		return err
	}
	pairs := make([]s3copy.Pair, len(all))
	for i, o := range all {
		pairs[i].Source = o
	}
	for _, out := range c.Execute(context.Background(), s3copy.Plan(pairs, false)) {
		if out.Err != nil {
			return out.Err
		}
	}
	return nil
}

type nobody struct{}

func (nobody) Moved(int64)         {}
func (nobody) Done(s3copy.Outcome) {}
