package docs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/internal/testing/moto"
	"github.com/panther-preflight/panther-preflight/internal/testing/s3test"
)

// aside are blocks that are only shown for another test's sake: the README's
// transcript is compared word by word by the program's own tests.
var aside = []string{"README.md console"}

// TestShownCommandsRun runs what TestRunnableBlocks does not: commands that need
// AWS, against servers that stand in for it, page by page and in order.
func TestShownCommandsRun(t *testing.T) {
	programs(t)
	ran := 0
	for _, page := range pages(t) {
		var commands []string
		for _, b := range blocks(t, page) {
			if !mark.MatchString(b.mark) && !slices.Contains(aside, filepath.Base(page)+" "+b.language) && (b.language == "sh" || b.language == "console") {
				commands = append(commands, commandsOf(b)...)
			}
		}
		if len(commands) == 0 {
			continue
		}
		ran += len(commands)
		t.Run(filepath.Base(page), func(t *testing.T) {
			folder := workplace(t)
			exportedPolicies(t, folder)
			at := stage(t, folder, commands)
			for _, command := range commands {
				at.run(t, command)
			}
		})
	}
	if ran < 15 {
		t.Errorf("only %d commands are shown", ran)
	}
}

// commandsOf are the commands of ours in a block, one a line.
func commandsOf(b block) []string {
	var all []string
	for line := range strings.SplitSeq(strings.ReplaceAll(b.text, "\\\n", " "), "\n") {
		if line = strings.TrimPrefix(strings.TrimSpace(line), "$ "); ours.MatchString(line) {
			all = append(all, strings.Join(strings.Fields(line), " "))
		}
	}
	return all
}

func exportedPolicies(t *testing.T, folder string) {
	t.Helper()
	write(t, filepath.Join(folder, "scps", "0-root", "FullAWSAccess.json"),
		`{"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}`)
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

// stand is the folder of a reader, with the servers that stand in for AWS.
type stand struct {
	folder           string
	vendor, own, aws string // URLs; empty where no command of the page needs it
}

func stage(t *testing.T, folder string, commands []string) stand {
	t.Helper()
	s := stand{folder: folder}
	all := strings.Join(commands, "\n")
	if strings.Contains(all, " release ") {
		vendor, own := s3test.Start(t, s3test.Options{Region: "us-west-1"}), s3test.Start(t, s3test.Options{Region: "cn-north-1"})
		vendor.Bucket(t, "panther-enterprise-us-west-1")
		vendor.Put(t, "panther-enterprise-us-west-1", published("v1.31.1", "v1.18.5"))
		own.Bucket(t, "my-panther-cn")
		own.Bucket(t, "your-china-bucket")
		s.vendor, s.own = vendor.URL, own.URL
	}
	profiles, keys := "", ""
	for name, at := range map[string][2]string{"vendor": {"us-west-1", s.vendor}, "standard": {"us-west-1", s.vendor}, "china": {"cn-north-1", s.own}} {
		profiles += fmt.Sprintf("[profile %s]\nregion = %s\nendpoint_url = %s\n", name, at[0], at[1])
		keys += fmt.Sprintf("[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\n", name, s3test.AccessKey, s3test.SecretKey)
	}
	write(t, filepath.Join(folder, ".aws", "config"), profiles)
	write(t, filepath.Join(folder, ".aws", "credentials"), keys)
	return s
}

// published are the objects of small releases.
func published(versions ...string) map[string][]byte {
	files := map[string][]byte{"code": []byte("a Lambda package")}
	for _, v := range versions {
		files[v+"/panther.yml"] = []byte("Parameters:\n  FirstUserEmail: {Type: String}\nResources:\n  Function:\n    Type: AWS::Serverless::Function\n    Properties:\n" +
			"      CodeUri: s3://panther-enterprise-us-west-1/code\n      Handler: main\n      Runtime: provided.al2\n")
	}
	return files
}

// run runs one command as it is shown. Whoever reads it has a terminal to say
// yes on; a test has none.
func (s *stand) run(t *testing.T, command string) {
	t.Helper()
	words := strings.Fields(command)
	writes := len(words) > 2 && words[1] == "release" && (words[2] == "upload" || words[2] == "copy")
	if writes {
		command += " --yes"
	}
	env := []string{"AWS_MAX_ATTEMPTS=1"}
	switch {
	case words[1] == "release" && !strings.Contains(command, "profile"):
		endpoint := s.vendor
		if strings.Contains(command, "cn-north-1") {
			endpoint = s.own
		}
		env = append(env, "AWS_ENDPOINT_URL="+endpoint, "AWS_ACCESS_KEY_ID="+s3test.AccessKey, "AWS_SECRET_ACCESS_KEY="+s3test.SecretKey, "AWS_SESSION_TOKEN=")
	case words[1] == "check" && !strings.Contains(command, "--offline"):
		if s.aws == "" {
			s.aws = moto.Start(t)
		}
		env = append(env, "AWS_ENDPOINT_URL="+s.aws, "AWS_ACCESS_KEY_ID=AKIDEXAMPLE", "AWS_SESSION_TOKEN=")
	}
	code, out := shell(t, s.folder, command, env...)
	// A check finds what the example is made to show; the rest has to succeed.
	if code != 0 && (code != 1 || words[1] != "check") {
		t.Errorf("exit %d: %s\n%s", code, command, out)
	}
}
