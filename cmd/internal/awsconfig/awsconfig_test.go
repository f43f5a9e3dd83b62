package awsconfig

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/service/s3"
)

func isolate(t *testing.T) {
	t.Helper()
	for _, name := range []string{"AWS_PROFILE", "AWS_CA_BUNDLE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3", "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION"} {
		t.Setenv(name, "")
		os.Unsetenv(name)
	}
	t.Setenv("AWS_CONFIG_FILE", os.DevNull)
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", os.DevNull)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
}

func TestLoadTakesFlagsOverEnvironment(t *testing.T) {
	isolate(t)
	t.Setenv("AWS_REGION", "us-west-1")
	cfg, err := Load(context.Background(), Options{})
	if err != nil || cfg.Region != "us-west-1" || cfg.BaseEndpoint != nil {
		t.Errorf("%+v, %v", cfg.Region, err)
	}
	cfg, err = Load(context.Background(), Options{Region: "cn-north-1", EndpointURL: "http://127.0.0.1:9"})
	if err != nil || cfg.Region != "cn-north-1" || *cfg.BaseEndpoint != "http://127.0.0.1:9" {
		t.Errorf("%+v, %v", cfg, err)
	}
}

func TestLoadReadsTheCertificateBundle(t *testing.T) {
	isolate(t)
	t.Setenv("AWS_CA_BUNDLE", "/nonexistent/bundle.pem")
	if _, err := Load(context.Background(), Options{Region: "us-east-1"}); err == nil {
		t.Error("a bundle that cannot be read is passed over")
	}
}

func TestLoadRefusesWhatIsNoURL(t *testing.T) {
	isolate(t)
	for _, endpoint := range []string{"localhost:80", "://x", "nothing"} {
		if _, err := Load(context.Background(), Options{EndpointURL: endpoint}); err == nil {
			t.Errorf("%s is accepted", endpoint)
		}
	}
}

func TestPathStyle(t *testing.T) {
	for endpoint, want := range map[string]bool{
		"http://127.0.0.1:9000": true, "https://[::1]:9000": true, "http://localhost:9000": true,
		"https://s3.cn-north-1.amazonaws.com.cn": false,
	} {
		o := s3.Options{BaseEndpoint: &endpoint}
		if PathStyle(&o); o.UsePathStyle != want {
			t.Errorf("%s: path style %v", endpoint, o.UsePathStyle)
		}
	}
}

// TestTheProfilesOwnRegion has the environment name a region that is not the
// profile's, as the documents on AWS China have it exported.
func TestTheProfilesOwnRegion(t *testing.T) {
	isolate(t)
	file := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(file, []byte("[profile china]\nregion = cn-north-1\n[profile bare]\noutput = json\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", file)
	t.Setenv("AWS_REGION", "us-west-1")
	for _, c := range []struct {
		o    Options
		want string
	}{
		{Options{Profile: "china", OwnRegion: true}, "cn-north-1"},
		{Options{Profile: "china"}, "us-west-1"},
		{Options{Profile: "bare", OwnRegion: true}, "us-west-1"},
		{Options{Profile: "china", OwnRegion: true, Region: "cn-northwest-1"}, "cn-northwest-1"},
	} {
		if cfg, err := Load(t.Context(), c.o); err != nil || cfg.Region != c.want {
			t.Errorf("%+v: %q, %v", c.o, cfg.Region, err)
		}
	}
}
