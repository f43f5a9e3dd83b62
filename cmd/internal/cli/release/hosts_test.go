package release

import (
	"context"
	"errors"
	"net/http"
	"os"
	"testing"

	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
	"github.com/panther-preflight/panther-preflight/transform/s3copy"
)

type asked struct{ host, path string }

func (a *asked) Do(r *http.Request) (*http.Response, error) {
	a.host, a.path = r.URL.Host, r.URL.Path
	return nil, errors.New("no network")
}

// TestHosts is where requests go, by how the configuration names the service. A
// dot in a bucket's name would break the certificate of its own host.
func TestHosts(t *testing.T) {
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "A", "AWS_SECRET_ACCESS_KEY": "S", "AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_EC2_METADATA_DISABLED": "true",
	} {
		t.Setenv(name, value)
	}
	for _, c := range []struct{ fips, dual, region, bucket, host, path string }{
		{"false", "false", "us-east-1", "first", "first.s3.us-east-1.amazonaws.com", "/k"},
		{"true", "false", "us-east-1", "first", "first.s3-fips.us-east-1.amazonaws.com", "/k"},
		{"false", "true", "us-east-1", "first", "first.s3.dualstack.us-east-1.amazonaws.com", "/k"},
		{"true", "true", "us-gov-west-1", "first", "first.s3-fips.dualstack.us-gov-west-1.amazonaws.com", "/k"},
		{"false", "true", "cn-north-1", "first", "first.s3.dualstack.cn-north-1.amazonaws.com.cn", "/k"},
		{"false", "false", "us-east-1", "my.first", "s3.us-east-1.amazonaws.com", "/my.first/k"},
		{"true", "false", "us-east-1", "my.first", "s3-fips.us-east-1.amazonaws.com", "/my.first/k"},
	} {
		t.Setenv("AWS_USE_FIPS_ENDPOINT", c.fips)
		t.Setenv("AWS_USE_DUALSTACK_ENDPOINT", c.dual)
		cfg, err := awsconfig.Load(context.Background(), awsconfig.Options{Region: c.region})
		if err != nil {
			t.Fatal(err)
		}
		to := &asked{}
		cfg.HTTPClient = to
		s3copy.OpenBucket(cfg, c.bucket, awsconfig.PathStyle).Stat(t.Context(), "k") //nolint:errcheck // there is no network
		if to.host != c.host || to.path != c.path {
			t.Errorf("%+v: %s%s", c, to.host, to.path)
		}
	}
}
