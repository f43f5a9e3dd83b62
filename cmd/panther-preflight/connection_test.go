package main

import (
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/internal/testing/fakeaws"
)

// account is a stand-in for AWS that keeps the keys that requests came with.
type account struct {
	*fakeaws.Account
	mu   sync.Mutex
	keys map[string]bool
}

func newAccount() *account {
	a := &account{Account: fakeaws.Panther(), keys: map[string]bool{}}
	a.Answers["sts:AssumeRole"] = func(fakeaws.Request) string {
		return fakeaws.Result("AssumeRole", `<Credentials><AccessKeyId>AKIDOFROLE</AccessKeyId><SecretAccessKey>role-secret-3f1b</SecretAccessKey>
<SessionToken>role-token-9c2e</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>
<AssumedRoleUser><Arn>arn:aws:sts::111122223333:assumed-role/R/s</Arn><AssumedRoleId>A:s</AssumedRoleId></AssumedRoleUser>`)
	}
	return a
}

func (a *account) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/federation/credentials" {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(w, `{"roleCredentials": {"accessKeyId": "AKIDOFSSO", "secretAccessKey": "sso-secret-77aa", "sessionToken": "sso-token-12bd", "expiration": %d}}`, time.Now().Add(time.Hour).UnixMilli())
		return
	}
	_, key, _ := strings.Cut(r.Header.Get("Authorization"), "Credential=")
	key, _, _ = strings.Cut(key, "/")
	a.mu.Lock()
	a.keys[key] = true
	a.mu.Unlock()
	a.Account.ServeHTTP(w, r)
}

func (a *account) used(key string) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.keys[key]
}

var readStacks = []string{"check", "--only", "PF-STK", "--stack-name", "panther", "--release", "v1.31.1", "--no-deployment-role", "--region", "us-east-1", "-f", "short"}

func TestAProxyAndABundleOfCertificates(t *testing.T) {
	a := newAccount()
	proxy, bundle := behindProxy(t, a, "*.amazonaws.com", "*.us-east-1.amazonaws.com")
	s := newSession(t, "")
	s.env = append(s.env, "HTTPS_PROXY="+proxy, "NO_PROXY=", "no_proxy=", "AWS_MAX_ATTEMPTS=1", "AWS_CA_BUNDLE=")
	s.run(3, readStacks...) // a certificate of nobody's is no answer
	if a.Count() > 0 {
		t.Error("a certificate that nobody vouches for was taken")
	}
	s.env = append(s.env, "AWS_CA_BUNDLE="+bundle)
	s.run(0, readStacks...)
	if a.Made("sts:GetCallerIdentity") != 1 || a.Made("cloudformation:DescribeStacks") != 1 {
		t.Errorf("called %v", a.Calls())
	}
	s.env = append(s.env, "HTTPS_PROXY=http://127.0.0.1:1")
	s.run(3, readStacks...)
}

// withProfile runs with one more profile, and its own home.
func withProfile(t *testing.T, profile string, changes ...func(*account)) (*awsSession, *account, string) {
	t.Helper()
	a := newAccount()
	for _, change := range changes {
		change(a)
	}
	server := httptest.NewServer(a)
	t.Cleanup(server.Close)
	s := newSession(t, server.URL)
	home := t.TempDir()
	file := filepath.Join(home, "config")
	s.write(file, "[profile base]\naws_access_key_id = AKIDOFBASE\naws_secret_access_key = base-secret-51cc\n[profile x]\nregion = us-east-1\n"+profile)
	s.env = append(s.env, "HOME="+home, "AWS_CONFIG_FILE="+file, "AWS_MAX_ATTEMPTS=1")
	s.Hide("base-secret-51cc", "role-secret-3f1b", "role-token-9c2e", "sso-secret-77aa", "sso-token-12bd", "process-secret-40de")
	return s, a, home
}

func TestAnAssumedRole(t *testing.T) {
	s, a, _ := withProfile(t, "role_arn = arn:aws:iam::111122223333:role/R\nsource_profile = base\n")
	s.run(0, append(readStacks, "--profile", "x")...)
	if a.Made("sts:AssumeRole") != 1 || !a.used("AKIDOFBASE") || !a.used("AKIDOFROLE") {
		t.Errorf("called %v with %v", a.Calls(), a.keys)
	}
}

func TestARoleThatMayNotBeAssumed(t *testing.T) {
	s, _, _ := withProfile(t, "role_arn = arn:aws:iam::111122223333:role/R\nsource_profile = base\n",
		func(a *account) { a.Denied = []string{"sts:AssumeRole"} })
	if out := s.run(2, append(readStacks, "--profile", "x")...); !strings.Contains(out, "no AWS credentials") {
		t.Error(out)
	}
}

func TestACredentialProcess(t *testing.T) {
	dir := t.TempDir()
	answer := filepath.Join(dir, "answer.json")
	if err := os.WriteFile(answer, []byte(`{"Version": 1, "AccessKeyId": "AKIDOFPROCESS", "SecretAccessKey": "process-secret-40de"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	s, a, _ := withProfile(t, "credential_process = cat "+answer+"\n")
	s.run(0, append(readStacks, "--profile", "x")...)
	if !a.used("AKIDOFPROCESS") {
		t.Errorf("used %v", a.keys)
	}
}

func TestASingleSignOn(t *testing.T) {
	const start = "https://example.awsapps.com/start"
	s, a, home := withProfile(t, "sso_start_url = "+start+"\nsso_region = us-east-1\nsso_account_id = 111122223333\nsso_role_name = Reader\n")
	args := append(readStacks, "--profile", "x")
	if out := s.run(2, args...); !strings.Contains(out, "the SSO session of profile x has expired: run `aws sso login --profile x`") {
		t.Error(out)
	}
	sum := sha1.Sum([]byte(start))
	cache := filepath.Join(home, ".aws", "sso", "cache")
	s.must(os.MkdirAll(cache, 0o700))
	s.write(filepath.Join(cache, hex.EncodeToString(sum[:])+".json"), `{"startUrl": "`+start+`", "region": "us-east-1", "accessToken": "t", "expiresAt": "2099-01-01T00:00:00Z"}`)
	s.run(0, args...)
	if !a.used("AKIDOFSSO") {
		t.Errorf("used %v", a.keys)
	}
}

func TestTheNumberOfAttempts(t *testing.T) {
	for attempts, want := range map[string]int{"1": 1, "2": 2} {
		s, a, _ := withProfile(t, "aws_access_key_id = AKIDX\naws_secret_access_key = base-secret-51cc\n", func(a *account) {
			a.Faults = map[string]fakeaws.Fault{"cloudformation:DescribeStacks": fakeaws.Throttle}
		})
		s.env = append(s.env, "AWS_MAX_ATTEMPTS="+attempts)
		s.run(3, append(readStacks, "--profile", "x")...)
		if got := a.Made("cloudformation:DescribeStacks"); got != want {
			t.Errorf("with AWS_MAX_ATTEMPTS=%s it was tried %d times", attempts, got)
		}
	}
}
