package awsconfig

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/s3"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func keys(t *testing.T) {
	t.Helper()
	isolate(t)
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "example")
	t.Setenv("AWS_SESSION_TOKEN", "token")
}

// redirecting is a server that leads to another, which counts what comes.
func redirecting(t *testing.T, status int) (from string, came *atomic.Int64) {
	t.Helper()
	came = &atomic.Int64{}
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { came.Add(1) }))
	t.Cleanup(other.Close)
	first := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, other.URL+r.URL.Path, status)
	}))
	t.Cleanup(first.Close)
	return first.URL, came
}

// TestASignedRequestIsNotLedAway has an endpoint answer with another host: to a
// client of a service, and to the one that fetches credentials.
func TestASignedRequestIsNotLedAway(t *testing.T) {
	for _, status := range []int{http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect} {
		keys(t)
		from, came := redirecting(t, status)
		cfg, err := Load(t.Context(), Options{Region: "us-east-1", EndpointURL: from})
		if err != nil {
			t.Fatal(err)
		}
		_, err = s3.NewFromConfig(cfg, PathStyle).GetObject(t.Context(), &s3.GetObjectInput{Bucket: aws.String("b"), Key: aws.String("k")})
		if err == nil || came.Load() != 0 {
			t.Errorf("%d: %d requests came, %v", status, came.Load(), err)
		}
		if _, err := sts.NewFromConfig(cfg).GetCallerIdentity(t.Context(), nil); err == nil || came.Load() != 0 {
			t.Errorf("%d: %d requests came, %v", status, came.Load(), err)
		}
		profile(t, "[profile role]\nrole_arn = arn:aws:iam::111122223333:role/x\ncredential_source = Environment\nregion = us-east-1\n")
		cfg, err = Load(t.Context(), Options{Profile: "role", EndpointURL: from})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := cfg.Credentials.Retrieve(t.Context()); err == nil || came.Load() != 0 {
			t.Errorf("%d: %d requests for a role came, %v", status, came.Load(), err)
		}
	}
}

// TestWhatIsNotSent asks the client of a configuration for what it must refuse
// before it connects.
func TestWhatIsNotSent(t *testing.T) {
	for _, c := range []struct{ region, address, header, want string }{
		{"us-east-1", "https://s3.cn-north-1.amazonaws.com.cn/b", "Authorization", "credentials of partition aws are not sent"},
		{"us-east-1", "https://sts.us-gov-west-1.amazonaws.com/", "X-Amz-Security-Token", "credentials of partition aws are not sent"},
		{"us-gov-west-1", "https://sts.us-east-1.amazonaws.com/", "Authorization", "credentials of partition aws-us-gov are not sent"},
		{"cn-north-1", "https://acm.us-east-1.amazonaws.com/", "Authorization", "credentials of partition aws-cn are not sent"},
		{"cn-north-1", "https://b.s3.us-east-1.amazonaws.com/k?X-Amz-Signature=1", "", "credentials of partition aws-cn are not sent"},
		{"us-east-1", "http://s3.us-east-1.amazonaws.com/b", "Authorization", "would not be encrypted"},
		{"us-east-1", "http://templates.example.com/root.yml", "", "would not be encrypted"},
	} {
		keys(t)
		cfg, err := Load(t.Context(), Options{Region: c.region})
		if err != nil {
			t.Fatal(err)
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, c.address, nil)
		if err != nil {
			t.Fatal(err)
		}
		if c.header != "" {
			request.Header.Set(c.header, "secret")
		}
		_, err = cfg.HTTPClient.Do(request)
		var refused *Refused
		if !errors.As(err, &refused) || !strings.Contains(refused.Reason, c.want) || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s from %s: %v", c.address, c.region, err)
		}
	}
}

// TestAnOpenRequestIsNotLedIn has a server lead a request for a template to a
// service of this machine, or of the instance that it runs on.
func TestAnOpenRequestIsNotLedIn(t *testing.T) {
	keys(t)
	from, came := redirecting(t, http.StatusTemporaryRedirect)
	cfg, err := Load(t.Context(), Options{Region: "us-east-1"})
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, from, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := cfg.HTTPClient.Do(request); err == nil || came.Load() != 0 {
		t.Errorf("%d came, %v", came.Load(), err)
	}
	g := &guard{}
	for address, allowed := range map[string]bool{
		"http://169.254.169.254/latest/": true, "http://169.254.170.2/": true, "http://[fd00:ec2::254]/": true, "http://[::1]:5000/": true, "http://10.0.0.1/": false,
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		if err != nil {
			t.Fatal(err)
		}
		if reason := g.refuse(request); (reason == "") != allowed {
			t.Errorf("%s: %q", address, reason)
		}
		request.Response = &http.Response{Request: &http.Request{URL: mustURL(t, "https://templates.example.com/")}}
		if reason := g.refuse(request); reason == "" {
			t.Errorf("a redirect to %s is followed", address)
		}
	}
}

func TestCredentialsAndRegionAreOfOnePartition(t *testing.T) {
	const (
		role = "[profile p]\nrole_arn = arn:aws:iam::111122223333:role/x\ncredential_source = Environment\n"
		sso  = "[profile p]\nsso_session = s\nsso_account_id = 111122223333\nsso_role_name = r\n[sso-session s]\nsso_region = us-east-1\nsso_start_url = https://x.awsapps.com/start\n"
		user = "[profile p]\nregion = us-east-1\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = example\n"
	)
	for _, c := range []struct {
		name, text, region string
		named              bool
		refused            string
	}{
		{"a role", role, "cn-north-1", true, "role_arn of profile p"},
		{"single sign-on", sso, "cn-north-1", true, "sso_region of profile p"},
		{"keys", user, "cn-north-1", true, "region of profile p"},
		{"keys for GovCloud", user, "us-gov-west-1", true, "region of profile p"},
		{"a role at home", role, "eu-west-1", true, ""},
		{"keys at home", user, "eu-west-1", true, ""},
		{"keys of the environment", strings.ReplaceAll(user, "profile p", "default"), "cn-north-1", false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			keys(t)
			profile(t, c.text)
			o := Options{Region: c.region}
			if c.named {
				o.Profile = "p"
			}
			_, err := Load(t.Context(), o)
			if c.refused == "" && err != nil || c.refused != "" && (err == nil || !strings.Contains(err.Error(), c.refused)) {
				t.Errorf("got %v", err)
			}
		})
	}
}
