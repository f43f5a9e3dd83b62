package awsconfig

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// profile writes a configuration file and has the SDK read it.
func profile(t *testing.T, text string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "config")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("AWS_CONFIG_FILE", file)
}

// settings are all the ways to name an endpoint.
var settings = map[string]func(t *testing.T, url string) Options{
	"the command line": func(_ *testing.T, url string) Options { return Options{EndpointURL: url} },
	"AWS_ENDPOINT_URL": func(t *testing.T, url string) Options { t.Setenv("AWS_ENDPOINT_URL", url); return Options{} },
	"AWS_ENDPOINT_URL_S3": func(t *testing.T, url string) Options {
		t.Setenv("AWS_ENDPOINT_URL_S3", url)
		return Options{}
	},
	"endpoint_url of profile default": func(t *testing.T, url string) Options {
		profile(t, "[default]\nendpoint_url = "+url+"\n")
		return Options{}
	},
	"endpoint_url of profile moto": func(t *testing.T, url string) Options {
		profile(t, "[profile moto]\nservices = here\n[services here]\nsts =\n  endpoint_url = "+url+"\n")
		return Options{Profile: "moto"}
	},
}

func TestAnEndpointIsNamedByItsSetting(t *testing.T) {
	for source, set := range settings {
		t.Run(source, func(t *testing.T) {
			isolate(t)
			o := set(t, "http://127.0.0.1:9?key=secret")
			o.Region = "us-east-1"
			cfg, err := Load(t.Context(), o)
			if err != nil {
				t.Fatal(err)
			}
			all := Foreign(cfg)
			if len(all) != 1 || all[0].URL != "http://127.0.0.1:9" || all[0].Source != source {
				t.Errorf("%+v", all)
			}
		})
	}
}

func TestPlainHTTPIsForThisMachine(t *testing.T) {
	for source, set := range settings {
		for _, address := range []string{"http://aws.example.com", "http://192.0.2.1:5000", "http://localhost.example.com", "ftp://127.0.0.1/"} {
			t.Run(source+" "+address, func(t *testing.T) {
				isolate(t)
				o := set(t, address)
				o.Region = "us-east-1"
				if _, err := Load(t.Context(), o); err == nil || !strings.Contains(err.Error(), source) {
					t.Errorf("got %v", err)
				}
			})
		}
	}
}

// TestWhatIsIgnored: the variable is for what is configured, not for a flag.
func TestWhatIsIgnored(t *testing.T) {
	isolate(t)
	t.Setenv("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "true")
	t.Setenv("AWS_ENDPOINT_URL", "http://aws.example.com")
	t.Setenv("AWS_ENDPOINT_URL_S3", "http://aws.example.com")
	cfg, err := Load(t.Context(), Options{Region: "us-east-1"})
	if err != nil || len(Foreign(cfg)) != 0 || cfg.BaseEndpoint != nil {
		t.Errorf("%+v %v", Foreign(cfg), err)
	}
	cfg, err = Load(t.Context(), Options{Region: "us-east-1", EndpointURL: "http://127.0.0.1:9"})
	if err != nil || aws.ToString(cfg.BaseEndpoint) != "http://127.0.0.1:9" || len(Foreign(cfg)) != 1 {
		t.Errorf("the flag: %v %v %v", aws.ToString(cfg.BaseEndpoint), Foreign(cfg), err)
	}
}

func TestTheEnvironmentGoesBeforeTheProfile(t *testing.T) {
	isolate(t)
	profile(t, "[default]\nendpoint_url = http://127.0.0.1:1\nservices = here\n[services here]\ns3 =\n  endpoint_url = http://127.0.0.1:2\n")
	t.Setenv("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:3")
	cfg, err := Load(t.Context(), Options{Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	all := Foreign(cfg)
	if len(all) != 2 || all[0].URL != "http://127.0.0.1:1" || all[1].URL != "http://127.0.0.1:3" || all[1].Service != "s3" {
		t.Errorf("%+v", all)
	}
}

func TestWhatIsAWS(t *testing.T) {
	for address, want := range map[string]bool{
		"https://sts.amazonaws.com": true, "https://s3.us-east-1.amazonaws.com": true, "https://sts-fips.us-gov-west-1.amazonaws.com/": true,
		"https://s3.dualstack.us-east-1.amazonaws.com": true, "https://s3.cn-north-1.amazonaws.com.cn:443": true, "https://ec2.us-east-1.api.aws": true,
		"https://vpce-0a1b-2c3d.sts.us-east-1.vpce.amazonaws.com": true,

		"http://sts.amazonaws.com": false, "https://sts.amazonaws.com:8443": false, "https://sts.amazonaws.com.evil.org": false, "https://127.0.0.1": false,
		"https://a1b2.execute-api.us-east-1.amazonaws.com": false, "https://bucket.s3.us-east-1.amazonaws.com": false,
		"https://ec2-192-0-2-1.compute-1.amazonaws.com": false, "https://lb-1.us-east-1.elb.amazonaws.com": false,
		"https://vpce-0a1b-2c3d.vpce-svc-4e5f.us-east-1.vpce.amazonaws.com": false,
	} {
		u, err := url.Parse(address)
		if err != nil || isAWS(u) != want {
			t.Errorf("%s: %v %v", address, !want, err)
		}
	}
}

func TestIsLoopback(t *testing.T) {
	for host, want := range map[string]bool{
		"localhost": true, "LOCALHOST": true, "localhost.": true, "127.0.0.1": true, "127.9.9.9": true, "::1": true, "::ffff:127.0.0.1": true,
		"": false, "0.0.0.0": false, "127.1": false, "localhost.localstack.cloud": false, "x.localhost": false, "127.0.0.1.nip.io": false, "192.0.2.1": false,
	} {
		if IsLoopback(host) != want {
			t.Errorf("%s: %v", host, !want)
		}
	}
}

func mustURL(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return u
}
