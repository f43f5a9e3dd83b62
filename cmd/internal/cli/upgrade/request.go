package upgrade

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudformation"

	"github.com/panther-preflight/panther-preflight/checks/collect/deployment"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/checks/template"
	"github.com/panther-preflight/panther-preflight/checks/upgrade"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/input"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// upgradeRequest is what the flags and the deployed stack say of an upgrade.
func upgradeRequest(ctx context.Context, a *session.Session, u *upgradeFlags) (upgrade.Request, error) {
	r := upgrade.Request{
		From: u.from, To: u.to, StackName: u.stackName, Bucket: u.bucket, RoleStack: u.roleStack,
		Administrator: u.noDeploymentRole, Proxy: u.proxy || isProxy(session.First(u.after, u.template, u.before)),
		Region: session.First(a.Global.Region, a.Getenv("AWS_REGION"), a.Getenv("AWS_DEFAULT_REGION")),
	}
	matrix, err := input.Matrix(ctx, u.matrix)
	if err != nil {
		return r, session.Usage(err)
	}
	if r.Matrix, err = matrix.Read(); err != nil {
		return r, err
	}
	if u.to == "" {
		return r, session.Usage(errors.New("--to is missing: the version to arrive at"))
	}
	if u.template != "" && u.after != "" {
		return r, session.Usage(errors.New("--template is the same as --template-to: give one of them"))
	}
	if u.from == "" && u.stackName == "" {
		return r, session.Usage(errors.New("--from is missing: the version deployed now; or --stack-name, to read it"))
	}
	switch {
	case u.from == "" && u.offline:
		return r, session.Usage(errors.New("--from is missing: with --offline it is not read from the stack"))
	case u.from == "":
		if err := readDeployed(ctx, a, &r); err != nil {
			return r, err
		}
	case mayReadDeployed(a, u):
		if err := readDeployed(ctx, a, &r); err != nil {
			fmt.Fprintf(a.Err, "the parameters of %s were not read: %s\n", safetext.Name(u.stackName), session.ErrorText(err.Error()))
		}
	}
	given, err := input.Flags{Parameters: u.parameters, Values: u.values}.Given(ctx)
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
	r.New, err = entryParameters(ctx, "template-to", session.First(u.after, u.template))
	return r, err
}

// mayReadDeployed says whether to ask the stack for what nobody has given:
// where it is named, and the caller plainly has credentials.
func mayReadDeployed(a *session.Session, u *upgradeFlags) bool {
	if u.stackName == "" || u.offline || u.parameters != "" || u.before != "" {
		return false
	}
	for _, name := range []string{"AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "AWS_CONTAINER_CREDENTIALS_FULL_URI"} {
		if a.Getenv(name) != "" {
			return true
		}
	}
	return a.Global.Profile != ""
}

const readTimeout = 20 * time.Second

// readDeployed reads the version and the parameters of the deployed stack.
func readDeployed(ctx context.Context, a *session.Session, r *upgrade.Request) error {
	ctx, cancel := context.WithTimeout(ctx, readTimeout)
	defer cancel()
	cfg, err := a.AWSFor(ctx, "", "")
	if err != nil {
		return err
	}
	d, err := deployment.Read(ctx, cloudformation.NewFromConfig(cfg), r.StackName)
	switch {
	case errors.Is(err, deployment.ErrNoStack):
		return session.Usage(err)
	case errors.Is(err, deployment.ErrNoVersion) && r.From != "":
	case err != nil:
		return session.Undetermined(fmt.Errorf("which version is deployed cannot be told: %w; give it with --from", err))
	}
	r.From, r.Region = session.First(r.From, d.Version), cfg.Region
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
		r.Values, r.Partial = map[string]string{}, true
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
	source, entry, err := template.Open(ctx, name)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = fmt.Errorf("no such file or folder: %s", safetext.WithoutCredentials(name))
		}
		return nil, session.Usage(fmt.Errorf("--%s: %w", flag, err))
	}
	tree, err := template.Load(ctx, source, entry, template.Options{})
	if err != nil {
		return nil, err
	}
	return append([]template.Parameter{}, tree.Parameters()...), nil
}
