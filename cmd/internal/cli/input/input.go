// Package input holds the flags that say what is checked, where and by whom,
// and turns them into a request for the pipeline: it opens the release, reads
// parameters, exported policies and recordings, and loads the AWS
// configuration. Commands that judge share it. It judges nothing.
package input

import (
	"context"
	"fmt"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/checks/s3url"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// defaultRole is what the vendor's template calls the role that deploys.
const DefaultRole = "PantherDeploymentRole"

// Flags say what is deployed, where, and by whom: the flags that check
// and collect share.
type Flags struct {
	Template, releaseDir, Release, from string
	Parameters                          string
	Values                              []string
	FromTemplate, FromParameters        string
	StackName                           string
	DeploymentRole                      string
	noDeploymentRole                    bool
	partition                           string
	phase                               string
	Offline                             bool
	scpDir                              string
	account, organizationID             string
	stackTags                           []string
	rolePolicies                        []string
	// registered are the flags themselves, which know whether they were given.
	registered *pflag.FlagSet
	// Everything is for facts that other checks may be asked of later.
	Everything bool
	// Opened are the releases that the run has opened; nil keeps none.
	Opened *Releases
	// Wait is how long a file may take to be read; zero is the usual time.
	Wait time.Duration
}

// RegisterReleases adds the flags that say which releases are read, and how they
// are resolved.
func (i *Flags) RegisterReleases(f *pflag.FlagSet) {
	f.StringVar(&i.Template, "template", "", "entry template: a file, a folder with root.yml or panther.yml, https:// or s3:// (`PATH|URL`)")
	f.StringVar(&i.releaseDir, "release-dir", "", "a downloaded release in `DIR`; with --release it finds DIR/<release>/panther.yml")
	f.StringVar(&i.Release, "release", "", "target `VERSION`, v1.31.1 or 1.31.1")
	f.StringVar(&i.from, "from", "", "`VERSION` deployed now")
	f.StringVar(&i.FromTemplate, "from-template", "", "entry template that is deployed now, to compare with (`PATH|URL`; with --release-dir and --from: DIR/<from>/panther.yml)")
	f.StringVar(&i.FromParameters, "from-parameters", "", "parameter values of the deployed stack, as in --parameters, in `FILE` (default: those of --parameters)")
	f.StringVar(&i.Parameters, "parameters", "", "parameter values: CloudFormation CLI JSON, CodePipeline JSON, or a YAML or JSON map, in `FILE`")
	f.StringArrayVarP(&i.Values, "parameter", "p", nil, "one parameter value as `KEY=VALUE`, repeatable; wins over the file")
	f.StringVar(&i.StackName, "stack-name", "", "`NAME` of the root stack")
	f.StringVar(&i.partition, "partition", "", "aws or aws-cn (default: the region's)")
	f.StringVar(&i.account, "account", "", "`ID` of the account that is deployed to, where an offline run cannot read it")
	f.BoolVar(&i.Offline, "offline", false, "make no AWS call; checks that need live facts are skipped and counted")
}

// Register adds all flags to a command that judges a deployment.
func (i *Flags) Register(f *pflag.FlagSet) {
	i.registered = f
	i.RegisterReleases(f)
	f.StringVar(&i.DeploymentRole, "deployment-role", DefaultRole, "`NAME` of the role that deploys")
	f.BoolVar(&i.noDeploymentRole, "no-deployment-role", false, "an administrator deploys, not a deployment role")
	f.StringVar(&i.phase, "phase", "", "install or upgrade (default: upgrade with --from, else install)")
	f.StringVar(&i.scpDir, "scp-dir", "", "exported organization policies in `DIR`: one sub-folder a level, from the root to the account, resource control policies under rcp/")
	f.StringArrayVar(&i.rolePolicies, "deployment-role-policy", nil, "policies of the deployment role in `FILE`, repeatable, or a folder of such files: documents, or the output of iam get-role-policy, get-policy-version or get-account-authorization-details")
	f.StringVar(&i.organizationID, "organization-id", "", "`ID` of the account's organization (o-…), where it cannot be read")
	f.StringArrayVar(&i.stackTags, "stack-tag", nil, "a tag of the root stack as `KEY=VALUE`, repeatable; wins over Tags of a CodePipeline parameter file")
}

// RunOf makes the facts about the run itself of the flags.
func RunOf(a *session.Session, i Flags) (checks.Run, error) {
	r := checks.Run{
		Time: a.Now().UTC().Format(time.RFC3339), StackName: i.StackName, DeploymentRole: i.DeploymentRole,
		Offline: i.Offline, Template: i.TemplateName(), EntryKind: checks.EntryBackend,
		Region: session.First(a.Global.Region, a.Getenv("AWS_REGION"), a.Getenv("AWS_DEFAULT_REGION")),
	}
	if i.noDeploymentRole {
		r.DeploymentRole = ""
	}
	if scheme, _, isURL := strings.Cut(r.Template, "://"); isURL {
		if scheme != "https" && scheme != "s3" {
			return r, session.Usage(fmt.Errorf("--template %s: a template is read from a file, over https:// or over s3://", safetext.WithoutCredentials(r.Template)))
		}
		shown := safetext.WithoutCredentials(r.Template)
		if shown != r.Template {
			fmt.Fprintln(a.Err, "note: a template is read with your own credentials: the password or signature in its URL is neither used nor shown")
		}
		r.Template, r.TemplateURL, r.Location = shown, shown, location(shown)
	}
	if path.Base(strings.TrimRight(r.Template, "/")) == "proxy_panther.yml" {
		r.EntryKind = checks.EntryProxy
	}
	var err error
	if r.Release, err = VersionFlag("release", session.First(i.Release, versionIn(r.Template))); err != nil {
		return r, err
	}
	if r.From, err = VersionFlag("from", session.First(i.from, versionIn(i.FromTemplate))); err != nil {
		return r, err
	}
	if r.Partition, err = partition(i.partition, r.Region); err != nil {
		return r, err
	}
	r.Phase, err = phase(i.phase, session.First(r.From, i.FromTemplate))
	return r, err
}

// TemplateName is the entry template as the operator named it, by --template
// or by --release-dir.
func (i Flags) TemplateName() string {
	if i.Template != "" || i.releaseDir == "" {
		return i.Template
	}
	if v, err := releases.Normal(i.Release); err == nil {
		return filepath.Join(i.releaseDir, v, "panther.yml")
	}
	return i.releaseDir
}

func location(url string) checks.Location {
	scheme, _, _ := strings.Cut(url, "://")
	at, ok := s3url.Parse(url)
	if !ok {
		return checks.Location{Scheme: scheme}
	}
	return checks.Location{Scheme: scheme, Bucket: at.Bucket, Key: at.Key, Region: at.Region, Partition: at.Partition}
}

var versionSegment = regexp.MustCompile(`(?:^|[/\\])(v\d+\.\d+\.\d+[0-9A-Za-z.-]*)(?:[/\\]|$)`)

// versionIn is the version that a path or URL of a published release names.
func versionIn(template string) string {
	if m := versionSegment.FindStringSubmatch(template); m != nil {
		return m[1]
	}
	return ""
}

func VersionFlag(flag, text string) (string, error) {
	if text == "" {
		return "", nil
	}
	v, err := releases.Normal(text)
	if err != nil {
		return "", session.Usage(fmt.Errorf("--%s: %w", flag, err))
	}
	return v, nil
}

// partitions by the prefix of their regions.
func partition(given, region string) (string, error) {
	of := "aws"
	switch {
	case strings.HasPrefix(region, "cn-"):
		of = "aws-cn"
	case strings.HasPrefix(region, "us-gov-"):
		of = "aws-us-gov"
	case region == "":
		of = given
	}
	switch {
	case given == "":
		return of, nil
	case given != "aws" && given != "aws-cn":
		return "", session.Usage(fmt.Errorf("--partition %q is none of aws, aws-cn", given))
	case given != of:
		return "", session.Usage(fmt.Errorf("--partition %s does not have the region %s", given, region))
	}
	return given, nil
}

func phase(given, from string) (string, error) {
	switch given {
	case checks.Install, checks.Upgrade:
		return given, nil
	case "":
		if from != "" {
			return checks.Upgrade, nil
		}
		return checks.Install, nil
	}
	return "", session.Usage(fmt.Errorf("--phase %q is none of install, upgrade", given))
}

// Given reads the parameter values of the file and of the command line.
func (i Flags) Given(ctx context.Context) ([]parameters.Given, error) {
	var file, line []parameters.Given
	if i.Parameters != "" {
		text, err := session.ReadInput(ctx, i.Parameters, i.Wait)
		if err != nil {
			return nil, err
		}
		if file, err = parameters.Parse(i.Parameters, text); err != nil {
			return nil, err
		}
	}
	for _, value := range i.Values {
		g, err := parameters.FromFlag(value)
		if err != nil {
			return nil, err
		}
		line = append(line, g)
	}
	return parameters.Merge(file, line), nil
}

// InChina tells whether a region is of the partition aws-cn.
func InChina(region string) bool { return strings.HasPrefix(region, "cn-") }
