package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"

	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

const seededSecretKey = secretscan.Mark + "access-key-7d1f"

// awsSession runs commands with credentials in one folder. What they say and
// write is watched for secrets.
type awsSession struct {
	*secretscan.Watch
	t   *testing.T
	env []string
	dir string
}

func newSession(t *testing.T, endpoint string) *awsSession {
	t.Helper()
	work, dir := t.TempDir(), t.TempDir() // before the watch: what is made first goes last
	s := &awsSession{Watch: secretscan.New(t), t: t, dir: work}
	profile := "aws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = " + seededSecretKey + "\n"
	s.write(filepath.Join(dir, "config"), "[profile cn]\nregion = cn-north-1\n[profile std]\nregion = ap-southeast-1\n")
	s.write(filepath.Join(dir, "credentials"), "[cn]\n"+profile+"[std]\n"+profile+"[default]\n"+profile)
	for _, variable := range os.Environ() {
		if name, _, _ := strings.Cut(variable, "="); !strings.HasPrefix(name, "AWS_") {
			s.env = append(s.env, variable)
		}
	}
	s.env = append(append(s.env, secretscan.Environment()...), "AWS_CONFIG_FILE="+filepath.Join(dir, "config"), "AWS_SHARED_CREDENTIALS_FILE="+filepath.Join(dir, "credentials"),
		"AWS_ENDPOINT_URL="+endpoint, "AWS_EC2_METADATA_DISABLED=true")
	s.Folder(s.dir)
	return s
}

// seeding is the configuration that a test fills its account with.
func seeding(endpoint, region string) aws.Config {
	return aws.Config{Region: region, BaseEndpoint: &endpoint, Credentials: credentials.NewStaticCredentialsProvider("AKIDEXAMPLE", seededSecretKey, "")}
}

func (s *awsSession) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *awsSession) write(name, text string) {
	s.t.Helper()
	s.must(os.WriteFile(name, []byte(text), 0o600))
}

// start starts a command; end has what it says.
func (s *awsSession) start(args ...string) (*exec.Cmd, *strings.Builder) {
	s.t.Helper()
	cmd := exec.Command("panther-preflight", args...)
	said := &strings.Builder{}
	cmd.Env, cmd.Dir, cmd.Stdout, cmd.Stderr = s.env, s.dir, said, said
	s.must(cmd.Start())
	return cmd, said
}

// end waits for a command, keeps what it has said, and gives its exit code.
func (s *awsSession) end(cmd *exec.Cmd, said *strings.Builder) int {
	s.t.Helper()
	err := cmd.Wait()
	s.Output(strings.Join(cmd.Args[1:], " "), []byte(said.String()))
	var exit *exec.ExitError
	if !errors.As(err, &exit) {
		s.must(err)
	}
	return cmd.ProcessState.ExitCode()
}

// run runs a command and demands its exit code.
func (s *awsSession) run(want int, args ...string) string {
	s.t.Helper()
	cmd, said := s.start(args...)
	if code := s.end(cmd, said); code != want {
		s.t.Errorf("%v: exit code %d, want %d\n%s", args, code, want, said)
	}
	return said.String()
}

func (s *awsSession) says(output string, wants ...string) {
	s.t.Helper()
	for _, want := range wants {
		if !strings.Contains(output, want) {
			s.t.Errorf("%q is not in\n%s", want, output)
		}
	}
}
