package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/collect/deployment"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/template"
	"github.com/panther-preflight/panther-preflight/checks/upgrade"
)

// upgradeFlags are the flags of upgrade plan.
type upgradeFlags struct {
	from, to, stackName     string
	template, before, after string
	parameters              string
	values                  []string
	bucket, roleStack       string
	noDeploymentRole, proxy bool
	offline                 bool
	format                  string
}

func newUpgrade(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "upgrade",
		Short: "Plan an upgrade",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newUpgradePlan(a))
	return cmd
}

func newUpgradePlan(a *app) *cobra.Command {
	u := &upgradeFlags{}
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Print the exact hops of an upgrade, with every command",
		Long: `plan prints the releases to go through, the recommended patch of every minor in
between, and for each of them what to do, in order: the deployment role first,
then what the release asks for, the update itself, and what comes after it.
It runs none of these commands.

A version is v1.18.8 or 1.18.8; a minor, 1.18 or 1.18.x, means its recommended
patch. With --stack-name and credentials, the version that --from leaves open and the
parameters are read from the stack.
A downgrade, a version that the release matrix does not know, and one from
before 1.10 have no plan: the answer is no, exit code 1.

` + exitCodeHelp,
		Example: `  panther-preflight upgrade plan --from 1.10 --to 1.13 --region us-east-1 --stack-name panther-prod
  panther-preflight upgrade plan --from v1.30.5 --to v1.31.1 --template-from old/panther.yml \
      --template-to new/panther.yml --parameters params.json --format markdown > upgrade.md`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := oneOf(cmd.Flags().Lookup("format"), "text", "markdown", "json"); err != nil {
				return err
			}
			return a.upgradePlan(cmd.Context(), u)
		},
	}
	f := cmd.Flags()
	f.StringVar(&u.from, "from", "", "`VERSION` deployed now (default: that of the stack)")
	f.StringVar(&u.to, "to", "", "`VERSION` to arrive at")
	f.StringVar(&u.stackName, "stack-name", "", "`NAME` of the root stack")
	f.StringVar(&u.before, "template-from", "", "entry template of the deployed version (`PATH`)")
	f.StringVar(&u.after, "template-to", "", "entry template of the target version (`PATH`)")
	f.StringVar(&u.template, "template", "", "the same as --template-to (`PATH`)")
	f.StringVar(&u.parameters, "parameters", "", "parameter values of the deployed stack in `FILE`")
	f.StringArrayVarP(&u.values, "parameter", "p", nil, "one parameter value as `KEY=VALUE`, repeatable; wins over the file")
	f.StringVar(&u.bucket, "bucket", "", "in China: your bucket that holds the release (`NAME`)")
	f.StringVar(&u.roleStack, "role-stack-name", "", "stack of the deployment role (`NAME`, default PantherDeploymentRoleStack)")
	f.BoolVar(&u.noDeploymentRole, "no-deployment-role", false, "an administrator deploys, not a deployment role")
	f.BoolVar(&u.proxy, "proxy", false, "the stack is the proxy web app of a China deployment")
	f.BoolVar(&u.offline, "offline", false, "make no AWS call")
	f.StringVarP(&u.format, "format", "f", "text", "text, markdown (a checklist) or json")
	return cmd
}

func (a *app) upgradePlan(ctx context.Context, u *upgradeFlags) error {
	request, err := a.upgradeRequest(ctx, u)
	if err != nil {
		return err
	}
	plan, err := upgrade.New(request)
	var refusal *upgrade.Refusal
	switch {
	case errors.As(err, &refusal):
		if u.format == "json" {
			none := upgrade.Plan{From: request.From, To: request.To, Hops: []upgrade.Hop{}, Notes: []string{refusal.Error()}}
			if err := a.printJSON(none); err != nil {
				return err
			}
		}
		return &codedError{ExitFinding, fmt.Errorf("there is no plan: %w", refusal)}
	case err != nil:
		return usage(err)
	case u.format == "json":
		return a.printJSON(plan)
	case u.format == "markdown":
		return writePlanMarkdown(a.Out, plan)
	}
	return writePlanText(a.Out, plan)
}

func (a *app) upgradeRequest(ctx context.Context, u *upgradeFlags) (upgrade.Request, error) {
	r := upgrade.Request{
		From: u.from, To: u.to, StackName: u.stackName, Bucket: u.bucket, RoleStack: u.roleStack,
		Administrator: u.noDeploymentRole, Proxy: u.proxy || isProxy(first(u.after, u.template, u.before)),
		Region: first(a.global.region, a.Getenv("AWS_REGION"), a.Getenv("AWS_DEFAULT_REGION")),
	}
	if u.to == "" {
		return r, usage(errors.New("--to is missing: the version to arrive at"))
	}
	if u.template != "" && u.after != "" {
		return r, usage(errors.New("--template is the same as --template-to: give one of them"))
	}
	if u.from == "" && u.stackName == "" {
		return r, usage(errors.New("--from is missing: the version deployed now; or --stack-name, to read it"))
	}
	switch {
	case u.from == "" && u.offline:
		return r, usage(errors.New("--from is missing: with --offline it is not read from the stack"))
	case u.from == "":
		if err := a.readDeployed(ctx, &r); err != nil {
			return r, err
		}
	case a.mayReadDeployed(u):
		if err := a.readDeployed(ctx, &r); err != nil {
			fmt.Fprintf(a.Err, "the parameters of %s were not read: %v\n", u.stackName, err)
		}
	}
	given, err := inputFlags{parameters: u.parameters, values: u.values}.given(ctx)
	if err != nil {
		return r, err
	}
	if u.parameters != "" && r.Values == nil {
		r.Values = map[string]string{}
	}
	knownValues(&r, given)
	if r.Old, err = entryParameters(ctx, "template-from", u.before); err != nil {
		return r, err
	}
	r.New, err = entryParameters(ctx, "template-to", first(u.after, u.template))
	return r, err
}

// mayReadDeployed says whether to ask the stack for what nobody has given:
// where it is named, and the caller plainly has credentials.
func (a *app) mayReadDeployed(u *upgradeFlags) bool {
	if u.stackName == "" || u.offline || u.parameters != "" || u.before != "" {
		return false
	}
	for _, name := range []string{"AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"} {
		if a.Getenv(name) != "" {
			return true
		}
	}
	return a.global.profile != ""
}

const readTimeout = 20 * time.Second

// readDeployed reads the version and the parameters of the deployed stack.
func (a *app) readDeployed(ctx context.Context, r *upgrade.Request) error {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	cfg, err := a.awsFor(ctx, "", "")
	if err != nil {
		return err
	}
	d, err := deployment.Read(ctx, cloudformation.NewFromConfig(cfg), r.StackName)
	switch {
	case errors.Is(err, deployment.ErrNoStack):
		return usage(err)
	case errors.Is(err, deployment.ErrNoVersion) && r.From != "":
	case err != nil:
		return untold(fmt.Errorf("which version is deployed cannot be told: %w; give it with --from", err))
	}
	r.From, r.Region = first(r.From, d.Version), cfg.Region
	r.Values, r.Hidden, r.Whole = map[string]string{}, map[string]bool{}, true
	for _, p := range d.Parameters {
		r.Names = append(r.Names, p.Name)
		if r.Hidden[p.Name] = p.Hidden; !p.Hidden {
			r.Values[p.Name] = p.Value
		}
	}
	return nil
}

// isProxy reports whether an entry template is that of the proxy web app.
func isProxy(name string) bool {
	return path.Base(strings.TrimRight(name, "/")) == "proxy_panther.yml"
}

// knownValues takes over what the operator says that the stack has. Without a
// parameter file only the named ones are known.
func knownValues(r *upgrade.Request, given []parameters.Given) {
	if r.Hidden == nil {
		r.Hidden = map[string]bool{}
	}
	if r.Values == nil && len(given) > 0 {
		r.Values = map[string]string{}
		for _, name := range []string{"ApiCertificateArn", "CustomDomain", "PipLibraries"} {
			r.Hidden[name] = true
		}
	}
	for _, g := range given {
		r.Names = append(r.Names, g.Name)
		r.Hidden[g.Name] = g.UsePrevious
		if !g.UsePrevious {
			r.Values[g.Name] = g.Value
		}
	}
}

// entryParameters are what an entry template declares; nil without a template.
func entryParameters(ctx context.Context, flag, name string) ([]template.Parameter, error) {
	if name == "" {
		return nil, nil
	}
	source, entry, err := template.Open(name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("no such file or folder: %s", name)
		}
		return nil, usage(fmt.Errorf("--%s: %w", flag, err))
	}
	tree, err := template.Load(ctx, source, entry, template.Options{})
	if err != nil {
		return nil, err
	}
	return append([]template.Parameter{}, tree.Parameters()...), nil
}
