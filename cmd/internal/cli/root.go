package cli

import (
	"fmt"
	"log/slog"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/cmd/internal/config"
)

// globalFlags are the flags that every command has.
type globalFlags struct {
	region, profile, endpointURL string
	config, environment          string
	noColor, verbose             bool
}

func newRoot(a *app) *cobra.Command {
	root := &cobra.Command{
		Use:   "panther-preflight",
		Short: "Tells whether a self-hosted Panther deployment will fail, before anything is written to AWS",
		Long: `panther-preflight tells whether a self-hosted Panther deployment or upgrade
will fail, where, why, and what to do about it, before anything is written to
AWS. It also carries a release into AWS China: download, transform, upload.`,
		Example: `  panther-preflight check --example
  panther-preflight check --template root.yml --parameters params.json \
      --stack-name panther-prod --release v1.31.1 --region us-east-1 --offline
  panther-preflight explain PF-STK-001`,
		SilenceErrors: true,
		SilenceUsage:  true,
		Version:       Version(),
		Args:          noSuchCommand,
		RunE:          func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage(fmt.Errorf("%w; see `%s --help`", err, cmd.CommandPath()))
	})
	f := root.PersistentFlags()
	f.StringVar(&a.global.region, "region", "", "AWS region (also AWS_REGION)")
	f.StringVar(&a.global.profile, "profile", "", "profile of the AWS configuration (also AWS_PROFILE)")
	f.StringVar(&a.global.endpointURL, "endpoint-url", "", "send AWS calls to this URL (also AWS_ENDPOINT_URL)")
	f.StringVar(&a.global.config, "config", "", "trusted configuration `FILE`, '' for none (default: the "+config.DefaultName+" here or above)")
	f.Var((*once)(&a.global.environment), "environment", "section of the configuration's environments to use")
	f.BoolVar(&a.global.noColor, "no-color", false, "no colour (also NO_COLOR)")
	f.BoolVarP(&a.global.verbose, "verbose", "v", false, "say on stderr what is done")
	root.AddCommand(
		newCheck(a),
		newChina(a),
		newCollect(a),
		newDiagnose(a),
		newExplain(a),
		newInit(a),
		newPermissions(a),
		newPulumi(a),
		newRelease(a),
		newSimulate(a),
		newTemplate(a),
		newTransform(a),
		newUpgrade(a),
	)
	for _, cmd := range allCommands(root) {
		prepare(a, cmd)
	}
	root.SetOut(a.Out) // the completion command keeps the output that it finds
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range allCommands(root) {
		cmd.Long = first(cmd.Long, cmd.Short) + "\n\n" + exitCodeHelp
	}
	return root
}

// noSuchCommand refuses what stands where a command belongs.
func noSuchCommand(root *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	var known []string
	for _, cmd := range root.Commands() {
		known = append(known, cmd.Name())
	}
	return fmt.Errorf("unknown command %q%s", args[0], didYouMean(args[0], known))
}

// writesConfig marks the command that makes the configuration, and so does not
// read it.
const writesConfig = "writes-config"

// prepare gives every command the configuration file, and turns what cobra
// calls an unknown command or a surplus argument into exit code 2.
func prepare(a *app, cmd *cobra.Command) {
	if args := cmd.Args; args != nil {
		cmd.Args = func(cmd *cobra.Command, values []string) error {
			err := args(cmd, values)
			if err != nil && !cmd.HasSubCommands() {
				// What is surplus may be the secret of `-p KEY SECRET`.
				err = fmt.Errorf("%s takes no argument beside its flags; write a value as --flag VALUE or -p KEY=VALUE", cmd.CommandPath())
			}
			return usage(err)
		}
	}
	run := cmd.RunE
	if run == nil {
		return
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if cmd.Annotations[writesConfig] == "" {
			if err := a.configure(cmd); err != nil {
				return err
			}
		}
		return run(cmd, args)
	}
}

func allCommands(root *cobra.Command) []*cobra.Command {
	all := []*cobra.Command{root}
	for _, cmd := range root.Commands() {
		all = append(all, allCommands(cmd)...)
	}
	return all
}

// log is the logger of -v; it writes nothing without it.
func (a *app) log() *slog.Logger {
	if !a.global.verbose {
		return slog.New(slog.DiscardHandler)
	}
	return slog.New(slog.NewTextHandler(a.Err, &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// color says whether a result on stdout may hold colour.
func (a *app) color() bool {
	return a.OutTerminal && !a.global.noColor && a.Getenv("NO_COLOR") == ""
}

// oneOf refuses the value of a flag that is none of its values.
func oneOf(flag *pflag.Flag, allowed ...string) error {
	for _, v := range allowed {
		if flag.Value.String() == v {
			return nil
		}
	}
	return usage(fmt.Errorf("--%s %q is none of %s", flag.Name, flag.Value, strings.Join(allowed, ", ")))
}
