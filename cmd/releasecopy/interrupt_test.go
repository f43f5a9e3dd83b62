package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/release"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
	"github.com/panther-preflight/panther-preflight/internal/testing/secretscan"
)

// programs are the two that carry a release, by the same steps.
var programs = map[string]struct {
	run   func(context.Context, []string, session.Streams) int
	flags func(way, bucket, dir, url string) []string
}{
	"releasecopy": {release.RunReleaseCopy, func(way, bucket, dir, url string) []string {
		return []string{"-type", way, "-bucket", bucket, "-release", "v1.2.3", "-dir", dir, "-endpoint-url", url, "-region", "us-east-1"}
	}},
	"panther-preflight": {cli.Run, func(way, bucket, dir, url string) []string {
		args := []string{"release", way, "--bucket", bucket, "--release", "v1.2.3", "--dir", dir, "--endpoint-url", url, "--region", "us-east-1"}
		if way == "upload" {
			args = append(args, "--yes")
		}
		return args
	}},
}

// said runs one command line in this process.
func said(t *testing.T, ctx context.Context, program string, args []string) (code int, out, errs string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = programs[program].run(ctx, args, session.Streams{In: strings.NewReader(""), Out: &stdout, Err: &stderr, Getenv: os.Getenv, Now: time.Now})
	secretscan.Ran(t, append([]string{program}, args...), stdout.String()+stderr.String())
	return code, stdout.String(), stderr.String()
}

func credentials(t *testing.T) {
	t.Helper()
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": s3test.AccessKey, "AWS_SECRET_ACCESS_KEY": s3test.SecretKey, "AWS_SESSION_TOKEN": "", "AWS_PROFILE": "",
		"AWS_CONFIG_FILE": os.DevNull, "AWS_SHARED_CREDENTIALS_FILE": os.DevNull, "AWS_EC2_METADATA_DISABLED": "true", "AWS_REGION": "", "AWS_DEFAULT_REGION": "",
	} {
		t.Setenv(name, value)
	}
}

// TestAnInterruptIsOneLineWithTheWayToGoOn interrupts each program while objects
// are under way, and then does what it says.
func TestAnInterruptIsOneLineWithTheWayToGoOn(t *testing.T) {
	credentials(t)
	server := s3test.Start(t, s3test.Options{})
	template, files := "Resources:\n", map[string][]byte{}
	for i := range 30 {
		key := fmt.Sprintf("package-%d", i)
		files[key] = bytes.Repeat([]byte{byte(i)}, 5000)
		template += fmt.Sprintf("  F%d: {Type: AWS::Serverless::Function, Properties: {CodeUri: s3://%s/%s}}\n", i, vendorBucket, key)
	}
	files["v1.2.3/panther.yml"] = []byte(template)
	server.Fill(t, vendorBucket, files)
	for program, p := range programs {
		target := "target-" + strings.ReplaceAll(program, "panther-", "")
		server.Bucket(t, target)
		dir := filepath.Join(t.TempDir(), "release")
		for _, way := range []string{"download", "upload"} {
			bucket := vendorBucket
			if way == "upload" {
				bucket = target
			}
			ctx, interrupt := context.WithCancel(t.Context())
			over := make(chan struct{})
			url := s3test.Proxy(t, server, func(_ http.ResponseWriter, r *http.Request) bool {
				if strings.Contains(r.URL.Path, "/package-") {
					interrupt()
					<-over
					return true
				}
				return false
			}, nil)
			code, out, errs := said(t, ctx, program, p.flags(way, bucket, dir, url))
			close(over)
			var lines []string
			for line := range strings.Lines(errs) {
				if !strings.HasPrefix(line, "note: ") {
					lines = append(lines, line)
				}
			}
			want := program + ": interrupted; run the same command again to go on\n"
			if code != session.ExitInterrupted || out != "" || len(lines) != 1 || lines[0] != want {
				t.Errorf("%s, %s: exit %d, %q, %q", program, way, code, out, errs)
			}
			if code, out, errs := said(t, t.Context(), program, p.flags(way, bucket, dir, server.URL)); code != session.ExitOK {
				t.Errorf("%s, %s again: exit %d, %s%s", program, way, code, out, errs)
			}
		}
	}
}

// TestAnInterruptedVerifyBeginsAnew keeps nothing of what it had read.
func TestAnInterruptedVerifyBeginsAnew(t *testing.T) {
	credentials(t)
	server := s3test.Start(t, s3test.Options{})
	server.Fill(t, vendorBucket, map[string][]byte{"v1.2.3/panther.yml": []byte("Resources: {}\n")})
	ctx, interrupt := context.WithCancel(t.Context())
	url := s3test.Proxy(t, server, func(http.ResponseWriter, *http.Request) bool { interrupt(); return false }, nil)
	code, out, errs := said(t, ctx, "panther-preflight", []string{"release", "verify", "--bucket", vendorBucket, "--release", "v1.2.3", "--region", "us-east-1", "--endpoint-url", url})
	if code != session.ExitInterrupted || out != "" || !strings.HasSuffix(errs, "panther-preflight: interrupted; run the same command again, which verifies from the start\n") {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
}

// TestTheAdviceOnARegionIsObeyed runs each command without a region, and then
// with each that the message names.
func TestTheAdviceOnARegionIsObeyed(t *testing.T) {
	credentials(t)
	server := s3test.Start(t, s3test.Options{})
	server.Fill(t, vendorBucket, map[string][]byte{"v1.2.3/panther.yml": []byte("Resources: {}\n")})
	server.Bucket(t, "target")
	config := filepath.Join(t.TempDir(), "config")
	write := func(region string) {
		text := "[profile one]\naws_access_key_id = " + s3test.AccessKey + "\naws_secret_access_key = " + s3test.SecretKey + "\n" + region
		if err := os.WriteFile(config, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("AWS_CONFIG_FILE", config)
	dir := t.TempDir()
	ours := []string{"release", "--release", "v1.2.3", "--endpoint-url", server.URL}
	both := append([]string{"copy", "--yes", "--from-bucket", vendorBucket, "--to-bucket", "target", "--from-profile", "one", "--to-profile", "one"}, ours[1:]...)
	for _, c := range []struct {
		program string
		args    []string
		message string     // what says that a region is missing
		advice  [][]string // what it names: flags, or a variable
	}{
		{"panther-preflight", append([]string{"release", "download", "--dir", dir, "--bucket", vendorBucket}, ours[1:]...), "say --region or AWS_REGION", [][]string{{"--region", "us-east-1"}, {"AWS_REGION=us-east-1"}}},
		{"panther-preflight", append([]string{"release", "verify", "--dir", "", "--bucket", vendorBucket}, ours[1:]...), "say --region or AWS_REGION", [][]string{{"--region", "us-east-1"}, {"AWS_REGION=us-east-1"}}},
		{"releasecopy", []string{"-type", "download", "-bucket", vendorBucket, "-release", "v1.2.3", "-dir", dir, "-endpoint-url", server.URL}, "say -region or AWS_REGION", [][]string{{"-region", "us-east-1"}, {"AWS_REGION=us-east-1"}}},
		{"panther-preflight", append([]string{"release"}, both...), "say --from-region, or the region of the profile in --from-profile", [][]string{{"--from-region", "us-east-1", "--to-region", "us-east-1"}, {"profile"}}},
		{"panther-preflight", append([]string{"release", "--from-region", "us-east-1"}, both...), "say --to-region, or the region of the profile in --to-profile", [][]string{{"--to-region", "us-east-1"}}},
	} {
		write("")
		if code, _, errs := said(t, t.Context(), c.program, c.args); code != session.ExitUsage || !strings.Contains(errs, c.message) {
			t.Errorf("%v: exit %d, %q", c.args, code, errs)
		}
		for _, advice := range c.advice {
			t.Run(strings.Join(advice, " "), func(t *testing.T) {
				args := c.args
				switch name, value, variable := strings.Cut(advice[0], "="); {
				case variable:
					t.Setenv(name, value)
				case advice[0] == "profile":
					write("region = us-east-1\n")
				default:
					args = append(append([]string{}, c.args...), advice...)
				}
				// Nothing but a manifest is missing of the vendor's bucket.
				if code, out, errs := said(t, t.Context(), c.program, args); code != session.ExitOK && code != session.ExitUnknown {
					t.Errorf("%v: exit %d, %s%s", args, code, out, errs)
				}
			})
		}
	}
	write("region = us-east-1\n")
	code, _, errs := said(t, t.Context(), "panther-preflight", append([]string{"release", "--region", "eu-west-1"}, both...))
	if code != session.ExitUsage || !strings.Contains(errs, "--from-region") || !strings.Contains(errs, "--to-region") {
		t.Errorf("--region of a copy: exit %d, %q", code, errs)
	}
}

// TestNobodyIsToldToRemoveWhatIsTheVendors has a manifest that proves nothing in
// the vendor's bucket, and then in a folder of one's own.
func TestNobodyIsToldToRemoveWhatIsTheVendors(t *testing.T) {
	credentials(t)
	server := s3test.Start(t, s3test.Options{})
	broken := map[string][]byte{"v1.2.3/panther.yml": []byte("Resources: {}\n"), "v1.2.3/manifest.json": []byte(`{"schema_version": 1, "release": "v1.2.3", "objects": [], "Objects": []}`)}
	server.Fill(t, vendorBucket, broken)
	server.Bucket(t, "target")
	for program, p := range programs {
		dir := filepath.Join(t.TempDir(), "release")
		code, out, errs := said(t, t.Context(), program, p.flags("download", vendorBucket, dir, server.URL))
		if code != session.ExitUsage || !strings.Contains(errs, "manifest.json") || strings.Contains(out+errs, "remove") {
			t.Errorf("%s: exit %d, %q", program, code, out+errs)
		}
		if err := os.MkdirAll(filepath.Join(dir, "v1.2.3"), 0o755); err != nil {
			t.Fatal(err)
		}
		for key, body := range broken {
			if err := os.WriteFile(filepath.Join(dir, filepath.FromSlash(key)), body, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		code, out, errs = said(t, t.Context(), program, p.flags("upload", "target", dir, server.URL))
		if code != session.ExitUsage || !strings.Contains(errs, "remove it to go on without one") {
			t.Errorf("%s, of a folder: exit %d, %q", program, code, out+errs)
		}
	}
	code, out, errs := said(t, t.Context(), "panther-preflight", []string{"release", "verify", "--release", "v1.2.3", "--bucket", vendorBucket, "--endpoint-url", server.URL, "--region", "us-east-1"})
	if code != session.ExitUsage || strings.Contains(out+errs, "remove") {
		t.Errorf("verify: exit %d, %q", code, out+errs)
	}
}
