package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

const seededSecretKey = "seeded-aws-secret-access-key-7d1f"

// session runs commands with credentials, and looks through all that they said
// for secrets when the test ends.
type session struct {
	t       *testing.T
	env     []string
	outputs bytes.Buffer
	mu      sync.Mutex
	secret  []string
}

func newSession(t *testing.T, endpoint string) *session {
	t.Helper()
	s := &session{t: t, secret: []string{seededSecretKey}}
	dir := t.TempDir()
	profile := "aws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = " + seededSecretKey + "\n"
	s.write(filepath.Join(dir, "config"), "[profile cn]\nregion = cn-north-1\n[profile std]\nregion = ap-southeast-1\n")
	s.write(filepath.Join(dir, "credentials"), "[cn]\n"+profile+"[std]\n"+profile+"[default]\n"+profile)
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); !strings.HasPrefix(name, "AWS_") {
			s.env = append(s.env, variable)
		}
	}
	s.env = append(s.env, "AWS_CONFIG_FILE="+filepath.Join(dir, "config"), "AWS_SHARED_CREDENTIALS_FILE="+filepath.Join(dir, "credentials"),
		"AWS_ENDPOINT_URL="+endpoint, "AWS_EC2_METADATA_DISABLED=true")
	t.Cleanup(s.nothingLeaks)
	return s
}

// seeding is the configuration that a test fills its account with.
func seeding(endpoint, region string) aws.Config {
	return aws.Config{Region: region, BaseEndpoint: &endpoint, Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", seededSecretKey, "")}
}

func (s *session) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *session) write(name, text string) {
	s.t.Helper()
	s.must(os.WriteFile(name, []byte(text), 0o600))
}

// hide adds texts that no output may hold.
func (s *session) hide(texts ...string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.secret = append(s.secret, texts...)
}

// run runs a command, demands its exit code, and keeps what it says.
func (s *session) run(want int, args ...string) string {
	s.t.Helper()
	cmd := exec.Command("panther-preflight", args...)
	cmd.Env, cmd.Dir = s.env, s.t.TempDir()
	out, err := cmd.CombinedOutput()
	s.outputs.Write(out)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else {
		s.must(err)
	}
	if code != want {
		s.t.Errorf("%v: exit code %d, want %d\n%s", args, code, want, out)
	}
	return string(out)
}

func (s *session) says(output string, wants ...string) {
	s.t.Helper()
	for _, want := range wants {
		if !strings.Contains(output, want) {
			s.t.Errorf("%q is not in\n%s", want, output)
		}
	}
}

func (s *session) nothingLeaks() {
	for _, secret := range s.secret {
		if secret != "" && bytes.Contains(s.outputs.Bytes(), []byte(secret)) {
			s.t.Errorf("a secret of %d characters stands in the output", len(secret))
		}
	}
}
