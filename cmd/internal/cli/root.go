package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/check"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/china"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/collect"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/diagnose"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/explain"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/initialize"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/permissions"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/pulumi"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/release"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/simulate"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/template"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/transform"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/upgrade"
)

func newRoot(a *session.Session) *cobra.Command {
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
		Args:          noSuchCommand,
		Annotations:   map[string]string{session.WritesConfig: "reads none"},
	}
	version := root.Flags().Bool("version", false, "print version, commit and date")
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if *version {
			return printVersion(a)
		}
		return cmd.Help()
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return session.Usage(fmt.Errorf("%w%s; see `%s --help`", err, nearestFlag(cmd, err), cmd.CommandPath()))
	})
	a.Register(root.PersistentFlags())
	root.AddCommand(
		check.New(a),
		china.New(a),
		collect.New(a),
		diagnose.New(a),
		explain.New(a),
		initialize.New(a),
		permissions.New(a),
		pulumi.New(a),
		release.New(a),
		simulate.New(a),
		template.New(a),
		transform.New(a),
		upgrade.New(a),
		newVersion(a),
	)
	root.SetUsageFunc(writeUsage)
	for _, cmd := range allCommands(root) {
		prepare(a, cmd)
	}
	root.SetOut(a.Out) // the completion command keeps the output that it finds
	root.InitDefaultHelpCmd()
	unknownTopic(root)
	root.InitDefaultCompletionCmd()
	for _, cmd := range allCommands(root) {
		cmd.Long = session.First(cmd.Long, cmd.Short) + "\n\n" + session.ExitCodeHelp
	}
	return root
}

// nearestFlag is a hint for a flag that does not exist.
func nearestFlag(cmd *cobra.Command, err error) string {
	var missing *pflag.NotExistError
	if !errors.As(err, &missing) {
		return ""
	}
	var known []string
	cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	if best := session.Nearest(missing.GetSpecifiedName(), known); best != "" {
		return "; did you mean --" + best + "?"
	}
	return ""
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
	return fmt.Errorf("unknown command %q%s", args[0], session.DidYouMean(args[0], known))
}

// prepare gives every command the configuration file, and turns what cobra
// calls an unknown command or a surplus argument into exit code 2.
func prepare(a *session.Session, cmd *cobra.Command) {
	if args := cmd.Args; args != nil {
		cmd.Args = func(cmd *cobra.Command, values []string) error {
			err := args(cmd, values)
			if cmd.HasSubCommands() {
				err = noSuchCommand(cmd, values)
			}
			if err != nil && !cmd.HasSubCommands() {
				// What is surplus may be the secret of `-p KEY SECRET`.
				err = fmt.Errorf("%s takes no argument beside its flags; write a value as --flag VALUE or -p KEY=VALUE", cmd.CommandPath())
			}
			return session.Usage(err)
		}
	}
	run := cmd.RunE
	if run == nil {
		return
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if cmd.Annotations[session.WritesConfig] == "" {
			if err := a.Configure(cmd); err != nil {
				return err
			}
		}
		if err := session.Bounded(cmd.Flags()); err != nil {
			return err
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
