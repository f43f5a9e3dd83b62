package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"

	cfntypes "github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"

	iamtypes "github.com/aws/aws-sdk-go-v2/service/iam/types"
	"github.com/aws/aws-sdk-go-v2/service/s3"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/cmd/internal/awsconfig"
	"github.com/panther-preflight/panther-preflight/internal/testing/moto"
)

// world seeds an account of the emulator.
type world struct {
	t      *testing.T
	url    string
	config aws.Config
}

func (w *world) reset() {
	w.t.Helper()
	response, err := http.Post(w.url+"/moto-api/reset", "application/octet-stream", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	response.Body.Close()
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) role(name, policy string) {
	w.t.Helper()
	client := iam.NewFromConfig(w.config)
	trust := `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "cloudformation.amazonaws.com"}}]}`
	_, err := client.CreateRole(context.Background(), &iam.CreateRoleInput{RoleName: &name, AssumeRolePolicyDocument: &trust, Tags: []iamtypes.Tag{{Key: aws.String("Application"), Value: aws.String("Panther")}}})
	w.must(err)
	if policy != "" {
		_, err = client.PutRolePolicy(context.Background(), &iam.PutRolePolicyInput{RoleName: &name, PolicyName: aws.String("PantherDeployment"), PolicyDocument: &policy})
		w.must(err)
	}
}

func (w *world) stack(name, version string) {
	w.t.Helper()
	body, err := os.ReadFile("testdata/e2e.yml")
	w.must(err)
	_, err = cloudformation.NewFromConfig(w.config).CreateStack(context.Background(), &cloudformation.CreateStackInput{
		StackName: &name, TemplateBody: aws.String(string(body)),
		Parameters: []cfntypes.Parameter{{ParameterKey: aws.String("FirstUserEmail"), ParameterValue: aws.String("jane@example.org")}},
		Tags:       []cfntypes.Tag{{Key: aws.String("PantherVersion"), Value: &version}},
	})
	w.must(err)
}

func (w *world) check(args ...string) checks.Report {
	w.t.Helper()
	_, out, errs := runLive(w.t, context.Background(), w.url, slices.Concat([]string{
		"check", "--format", "json", "--template", "testdata/e2e.yml", "-p", "FirstUserEmail=jane@example.org", "--stack-name", "panther",
	}, args)...)
	var r checks.Report
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		w.t.Fatalf("%v: %s", err, errs)
	}
	return r
}

func subjects(r checks.Report, id string) []string {
	var all []string
	for _, result := range r.Results {
		for _, f := range result.Findings {
			if result.ID == id {
				all = append(all, f.Subject)
			}
		}
	}
	slices.Sort(all)
	return all
}

func TestWithMoto(t *testing.T) {
	liveEnvironment(t)
	// The emulator closes connections after every answer. As for every user, a
	// connection that breaks is tried again.
	t.Setenv("AWS_MAX_ATTEMPTS", "3")
	url := moto.Start(t)
	config, err := awsconfig.Load(context.Background(), awsconfig.Options{Region: "us-east-1", EndpointURL: url})
	if err != nil {
		t.Fatal(err)
	}
	for name, run := range map[string]func(*world){
		"a clean account": cleanAccount, "leftovers": leftovers, "a stale role": staleRole, "a stack to upgrade": stackToUpgrade, "a published template": publishedTemplate,
		"a build after the update": buildAfterUpdate, "a full network": fullNetwork, "a bucket in China": chinaBucket, "an existing network": existingNetwork,
	} {
		t.Run(name, func(t *testing.T) {
			w := &world{t: t, url: url, config: config}
			w.reset()
			run(w)
		})
	}
}

func cleanAccount(w *world) {
	r := w.check("--only", "PF-OLD,PF-STK,PF-QTA,PF-SCP-001", "--release", "v1.31.1", "--no-deployment-role")
	if r.ExitCode != session.ExitOK || r.Summary.Failed+r.Summary.Unknown > 0 {
		w.t.Errorf("%+v %+v", r.Summary, r.Gaps)
	}
}

func leftovers(w *world) {
	w.role("PantherAuditRole-us-east-1", "")
	_, err := s3.NewFromConfig(w.config, awsconfig.PathStyle).CreateBucket(context.Background(), &s3.CreateBucketInput{Bucket: aws.String("panther-old-auditlogs")})
	w.must(err)
	w.stack("panther-other", "1.20.3")
	r := w.check("--only", "PF-OLD,PF-STK", "--no-deployment-role")
	for id, want := range map[string][]string{
		"PF-OLD-001": {"role:PantherAuditRole-us-east-1"},
		"PF-OLD-002": {"entry#Group", "entry#Queue", "entry#Table", "entry#Topic"},
		"PF-OLD-003": {"bucket:panther-old-auditlogs", "stack:panther-other"},
		"PF-STK-003": {"stack:panther-other"},
	} {
		if got := subjects(r, id); !slices.Equal(got, want) {
			w.t.Errorf("%s finds %v, want %v (%v)", id, got, want, r.Gaps)
		}
	}
	if r.ExitCode != session.ExitFinding {
		w.t.Errorf("exit %d", r.ExitCode)
	}
}

func staleRole(w *world) {
	w.role("PantherDeploymentRole", `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": ["sqs:*", "sns:*"], "Resource": "*"}]}`)
	r := w.check("--only", "PF-ROL,PF-IAM-001", "--release", "v1.31.1")
	for _, id := range []string{"PF-ROL-001", "PF-ROL-002", "PF-IAM-001"} {
		if len(subjects(r, id)) == 0 {
			w.t.Errorf("%s finds nothing: %+v", id, r.Gaps)
		}
	}
	if found := subjects(r, "PF-ROL-003"); len(found) > 0 {
		w.t.Errorf("a role that CloudFormation may assume cannot be used: %v", found)
	}
}

func stackToUpgrade(w *world) {
	w.stack("panther", "1.30.5")
	r := w.check("--only", "PF-OLD,PF-STK,PF-UPG-001,PF-QTA", "--release", "v1.32.7", "--no-deployment-role")
	if r.Target.Phase != checks.Upgrade || r.Target.From != "v1.30.5" {
		w.t.Errorf("%+v", r.Target)
	}
	if got := subjects(r, "PF-UPG-001"); !slices.Equal(got, []string{"release:v1.32.7"}) {
		w.t.Errorf("PF-UPG-001: %v", got)
	}
	for _, id := range []string{"PF-OLD-001", "PF-OLD-002", "PF-OLD-003", "PF-STK-003"} {
		if got := subjects(r, id); len(got) > 0 {
			w.t.Errorf("%s: what the stack owns is taken for a leftover: %v", id, got)
		}
	}
}

func publishedTemplate(w *world) {
	client := s3.NewFromConfig(w.config, awsconfig.PathStyle)
	const bucket, key = "panther-enterprise-us-east-1", "v1.31.1/panther.yml"
	_, err := client.CreateBucket(context.Background(), &s3.CreateBucketInput{Bucket: aws.String(bucket)})
	w.must(err)
	body, err := os.ReadFile("testdata/e2e.yml")
	w.must(err)
	_, err = client.PutObject(context.Background(), &s3.PutObjectInput{Bucket: aws.String(bucket), Key: aws.String(key), Body: strings.NewReader(string(body))})
	w.must(err)
	for url, want := range map[string]int{
		fmt.Sprintf("https://%s.s3.amazonaws.com/%s", bucket, key):             session.ExitOK,
		fmt.Sprintf("s3://%s/%s", bucket, key):                                 session.ExitOK,
		fmt.Sprintf("https://%s.s3.amazonaws.com/v1.32.7/panther.yml", bucket): session.ExitFinding,
		"https://panther-enterprise-none.s3.amazonaws.com/v1.31.1/panther.yml": session.ExitFinding,
	} {
		code, out, errs := runLive(w.t, context.Background(), w.url, "check", "--only", "PF-TGT-002", "--template", url, "-f", "short", "--no-deployment-role")
		if code != want {
			w.t.Errorf("%s: exit %d, want %d: %s%s", url, code, want, out, errs)
		}
	}
}
