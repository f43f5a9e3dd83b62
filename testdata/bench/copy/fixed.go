package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"

	"github.com/aws/aws-sdk-go-v2/aws"
	awshttp "github.com/aws/aws-sdk-go-v2/aws/transport/http"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/transform/release"
	"github.com/panther-preflight/panther-preflight/transform/release/carry"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

// fixedWorkers carries the release by the same steps as the program, with 256
// requests under way from the start, whatever the link.
func fixedWorkers(way string, args []string) error {
	if len(args) != 3 {
		return fmt.Errorf("-as-workers WAY ENDPOINT RELEASE TARGET")
	}
	cfg := aws.Config{
		Region: "us-east-1", BaseEndpoint: &args[0],
		Credentials: credentials.NewStaticCredentialsProvider(os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY"), ""),
		HTTPClient:  awshttp.NewBuildableClient().WithTransportOptions(func(t *http.Transport) { t.MaxIdleConns, t.MaxIdleConnsPerHost = 512, 512 }),
	}
	bucket := carry.InBucket(s3copy.OpenBucket(cfg, "bench-fixed"), "bench-fixed", cfg.Region, s3copy.Patient, s3copy.NewLimiter(256, 256))
	dir := args[1]
	if way == "download" {
		dir = args[2]
	}
	files, err := s3copy.CreateFolder(dir)
	if err != nil {
		return err
	}
	own, err := s3url.NewSet("panther-community-us-east-1")
	if err != nil {
		return err
	}
	j := carry.Job{Version: release.Version(version), From: carry.InFolder(files), To: bucket, Terms: carry.Terms{Own: own}, Observer: nobody{}}
	if way == "download" {
		j.From, j.To = j.To, j.From
	}
	r, err := j.Run(context.Background())
	if err == nil && r.ExitCode != 0 {
		err = errors.New("the release was not carried")
	}
	return err
}

type nobody struct{}

func (nobody) Moved(int64)         {}
func (nobody) Done(s3copy.Outcome) {}
func (nobody) Planned(int, int64)  {}
