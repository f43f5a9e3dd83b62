package session

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/cmd/internal/config"
)

// AllEnvironments is the flag of a command that judges several environments in
// one run.
const AllEnvironments = "all-environments"

// Register adds the flags that every command has.
func (a *Session) Register(f *pflag.FlagSet) {
	f.StringVar(&a.Global.Region, "region", "", "AWS region (also AWS_REGION)")
	f.StringVar(&a.Global.Profile, "profile", "", "profile of the AWS configuration (also AWS_PROFILE)")
	f.StringVar(&a.Global.EndpointURL, "endpoint-url", "", "send AWS calls to this URL (also AWS_ENDPOINT_URL)")
	f.StringVar(&a.Global.Config, "config", "", "trusted configuration `FILE`, '' for none (default: the "+config.DefaultName+" here or above)")
	f.Var((*Once)(&a.Global.Environment), "environment", "section of the configuration's environments to use; check takes several, separated by commas")
	f.BoolVar(&a.Global.NoColor, "no-color", false, "no colour (also NO_COLOR)")
	f.BoolVarP(&a.Global.Verbose, "verbose", "v", false, "say on stderr what is done")
}

// chooseSeveral finds the targets of a run over several environments, and reads
// the configuration for what holds for all of them. Which flags a target has is
// decided for each, by For.
func (a *Session) chooseSeveral(cmd *cobra.Command) (several bool, err error) {
	all := cmd.Flags().Lookup(AllEnvironments)
	every := all != nil && all.Value.String() == "true"
	named := a.Global.Environment
	switch {
	case every && named != "":
		return true, Usage(fmt.Errorf("--%s and --environment %s: give one of them", AllEnvironments, named))
	case !every && !strings.Contains(named, ","):
		return false, nil
	case all == nil:
		return true, Usage(fmt.Errorf("--environment %s: this command is for one environment; check takes several", named))
	}
	names, err := listOf(named)
	if err != nil {
		return true, Usage(fmt.Errorf("--environment %s: %w", named, err))
	}
	a.Global.Environment = ""
	c, err := a.readConfig(cmd)
	switch {
	case err != nil:
		return true, err
	case c == nil && every:
		return true, Usage(fmt.Errorf("--%s needs a configuration file", AllEnvironments))
	case c == nil:
		return true, Usage(fmt.Errorf("--environment %s needs a configuration file", named))
	case every:
		names = c.Environments
		if len(names) == 0 {
			return true, Usage(fmt.Errorf("--%s: %s has no environments", AllEnvironments, c.Source.Name))
		}
	}
	for _, name := range names {
		if err := c.Has(name); err != nil {
			return true, err
		}
	}
	a.Targets, a.Configuration = names, c
	return true, a.giveShared(cmd, c)
}

// listOf are the names of --environment; each stands for one target.
func listOf(text string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	var names []string
	for _, name := range strings.Split(text, ",") {
		name = strings.TrimSpace(name)
		switch {
		case name == "":
			return nil, errors.New("a name is missing beside a comma")
		case slices.Contains(names, name):
			return nil, fmt.Errorf("%s is named twice", name)
		}
		names = append(names, name)
	}
	return names, nil
}

// shared are the keys that are about the one report of a run, not about a target.
var shared = []string{"format", "quiet", "details", "no-color", "verbose"}

// giveShared gives the flags of the report what stands above the sections.
func (a *Session) giveShared(cmd *cobra.Command, c *config.Configuration) error {
	for _, s := range c.Settings {
		flag := cmd.Flags().Lookup(s.Key.Name)
		if flag == nil || flag.Changed || !slices.Contains(shared, s.Key.Name) {
			continue
		}
		if err := give(s, flag); err != nil {
			return s.Fail(err.Error())
		}
	}
	return nil
}

// For is the session of one target: the flags of the run's command line, and
// what the section of an environment says beside them. The command is one that
// was made for this session.
func (a *Session) For(environment string) *Session {
	one := &Session{Streams: a.Streams, Rendered: a.Rendered, Terminal: a.Terminal, file: a.file}
	one.Global.Environment = environment
	return one
}

// Follow gives the command of a target the flags of the command line, then the
// configuration.
func (a *Session) Follow(cmd, line *cobra.Command) error {
	a.Register(cmd.PersistentFlags())
	cmd.SetContext(line.Context())
	if err := cmd.ParseFlags(nil); err != nil { // joins the flags of the command
		return err
	}
	environment := a.Global.Environment
	var err error
	line.Flags().Visit(func(f *pflag.Flag) {
		if f.Name == AllEnvironments || f.Name == "environment" || err != nil {
			return
		}
		err = repeat(cmd.Flags().Lookup(f.Name), f)
	})
	if err != nil {
		return err
	}
	a.Global.Environment = environment
	if err := a.Configure(cmd); err != nil {
		return err
	}
	for _, s := range a.Settings {
		if slices.Contains(shared, s.Key.Name) && s.InSection() {
			return s.Fail("there is one report of several environments: this key belongs above the environments, or on the command line")
		}
	}
	return nil
}

// repeat gives a flag the value that another of the same name was given.
func repeat(to, from *pflag.Flag) error {
	to.Changed = true
	if list, is := from.Value.(pflag.SliceValue); is {
		return to.Value.(pflag.SliceValue).Replace(list.GetSlice())
	}
	return to.Value.Set(from.Value.String())
}
