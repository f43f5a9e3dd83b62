package derive

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

const corpus = "../../../shared/corpus/"

// realRelease loads the published templates, which do not belong to this
// project and need not be there.
func realRelease(t testing.TB, run checks.Run) Release {
	t.Helper()
	root := corpus + "panther-community/root.yml"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the published templates are not here")
	}
	return load(t, root, run)
}

func load(t testing.TB, file string, run checks.Run) Release {
	t.Helper()
	source, entry, err := template.Open(t.Context(), file)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := template.Load(context.Background(), source, entry, template.Options{
		Region: run.Region, Partition: run.Partition, Account: run.Account, StackName: run.StackName,
	})
	if err != nil {
		t.Fatal(err)
	}
	return Release{Run: run, Tree: tree, Assets: tree.Facts().Assets}
}

func anInstall() checks.Run {
	return checks.Run{
		Phase: checks.Install, Region: "us-east-1", Partition: "aws", StackName: "panther-prod", DeploymentRole: "PantherDeploymentRole", Offline: true,
	}
}

func publicPolicies(t testing.TB, kind iam.Kind) []*iam.Policy {
	t.Helper()
	files, err := filepath.Glob(corpus + "scps/*.json")
	if err != nil || len(files) == 0 {
		t.Skip("the public policies are not here")
	}
	var out []*iam.Policy
	for _, f := range files {
		name := filepath.Base(f)
		if name == "index.json" || strings.HasPrefix(name, "rcp-") != (kind == iam.RCP) {
			continue
		}
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, policy(t, name, kind, string(text)))
	}
	return out
}

// TestRealReleaseNeeds pins what was counted on the real templates.
func TestRealReleaseNeeds(t *testing.T) {
	n, err := Derive(realRelease(t, anInstall()))
	if err != nil {
		t.Fatal(err)
	}
	if len(n.untold)+len(n.nameless) > 0 {
		t.Errorf("types without permissions: %v, names that are no actions: %v", n.untold, n.nameless)
	}
	// The VPC set of the real templates is under a condition, as are alarms.
	actions := map[string]bool{}
	for _, one := range n.Facts().Needs {
		if one.Actor == "deployer" {
			actions[one.Action] = true
		}
	}
	// Every resource there is, under whatever condition and with packaged code,
	// takes 152: the rest are tags of a trail, a detector and a repository, what
	// creates those, scaling and replication, and s3:GetObject.
	if len(actions) != 135 {
		t.Errorf("the release needs %d actions of the deployer", len(actions))
	}
	for _, action := range []string{"sqs:ListQueueTags", "dynamodb:ListTagsOfResource", "sns:TagResource"} {
		if !actions[action] {
			t.Errorf("the tags of the stacks take %s", action)
		}
	}
	for _, r := range n.requests {
		if strings.Contains(r.need.target.arn.value, "${") {
			t.Errorf("%s on %s: a variable is left", r.need.action.Name, r.need.target.arn.value)
		}
	}
}

// TestRealUpgradeNeedsLess holds that an upgrade does not create everything
// again.
func TestRealUpgradeNeedsLess(t *testing.T) {
	run := anInstall()
	run.Phase = checks.Upgrade
	n, err := Derive(realRelease(t, run))
	if err != nil {
		t.Fatal(err)
	}
	certain := map[string]bool{}
	for _, a := range n.Facts().Needs {
		certain[a.Action] = a.Certain
	}
	for _, action := range []string{"s3:CreateBucket", "ec2:CreateVpc", "iam:CreateRole", "lambda:CreateFunction"} {
		if certain[action] {
			t.Errorf("an upgrade does not need %s", action)
		}
	}
	for _, action := range []string{"cloudformation:UpdateStack", "lambda:UpdateFunctionCode", "iam:PutRolePolicy", "s3:PutEncryptionConfiguration"} {
		if !certain[action] {
			t.Errorf("an upgrade needs %s", action)
		}
	}
}
