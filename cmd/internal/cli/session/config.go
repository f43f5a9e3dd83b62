package session

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/panther-preflight/panther-preflight/cmd/internal/config"
)

// Configure reads the configuration and sets the flags of the command that the
// command line left alone.
func (a *Session) Configure(cmd *cobra.Command) error {
	if several, err := a.chooseSeveral(cmd); several || err != nil {
		return err
	}
	c, err := a.readConfig(cmd)
	if err != nil || c == nil {
		return err
	}
	if a.Global.Environment == "" && deploys(cmd) {
		if err := c.Undecided(); err != nil {
			return err
		}
	}
	a.Waivers, a.Configuration = c.Waivers, c
	for _, s := range c.Settings {
		flag := cmd.Flags().Lookup(s.Key.Name)
		if flag == nil || flag.Changed {
			continue
		}
		if err := give(s, flag); err != nil {
			return s.Fail(err.Error())
		}
		a.Settings = append(a.Settings, s)
	}
	return nil
}

// give sets a flag. Only a flag that may be repeated takes a list.
func give(s config.Setting, flag *pflag.Flag) error {
	if _, repeatable := flag.Value.(pflag.SliceValue); !repeatable && s.List {
		return errors.New("takes one value, not a list")
	}
	for _, v := range s.Values {
		if err := flag.Value.Set(v); err != nil {
			if flag.Value.Type() == "bool" {
				return fmt.Errorf("%q is neither true nor false", v)
			}
			return err
		}
	}
	return bounds(flag)
}

// bounds refuses a bound that bounds nothing where the configuration has it; the
// commands refuse that of the command line.
func bounds(flag *pflag.Flag) error {
	n, err := strconv.Atoi(flag.Value.String())
	d, isTime := flag.Value.(*Duration)
	switch {
	case flag.Name == "timeout" && isTime && *d <= 0:
		return fmt.Errorf("%s is not above zero", d)
	case flag.Name == "concurrency" && err == nil && n < 1:
		return fmt.Errorf("%d is less than 1", n)
	}
	return nil
}

// readConfig reads the configuration that --config names, none for --config ”,
// else the one that is found; nil means that there is none.
func (a *Session) readConfig(cmd *cobra.Command) (*config.Configuration, error) {
	source, found := config.Named(a.Global.Config), a.Global.Config != ""
	missing := "--config '' reads none"
	if !cmd.Flags().Changed("config") {
		var err error
		if source, found, err = config.Find("."); err != nil {
			return nil, Usage(err)
		}
		missing = "there is no " + config.DefaultName + " here"
	}
	if !found {
		if a.Global.Environment != "" {
			return nil, Usage(fmt.Errorf("--environment %s needs a configuration file; %s", a.Global.Environment, missing))
		}
		return nil, nil
	}
	if a.file == nil || a.file.source != source {
		text, err := ReadInput(cmd.Context(), source.Path, 0)
		if err != nil {
			return nil, Usage(fmt.Errorf("read the configuration: %w", err))
		}
		a.file = &configFile{source, text}
	}
	return config.Read(source, a.file.text, config.Options{Environment: a.Global.Environment, Now: a.Now()})
}

// configFile is a configuration as it was read: the targets of one run have the
// same.
type configFile struct {
	source config.Source
	text   []byte
}

// deploys says that a command depends on what is deployed: a flag of its own
// describes the deployment. The embedded example has its own deployment.
func deploys(cmd *cobra.Command) bool {
	if cmd.Flags().Changed("example") {
		return false
	}
	any := false
	cmd.NonInheritedFlags().VisitAll(func(f *pflag.Flag) {
		k, _ := config.Lookup(f.Name)
		any = any || k.Deployment
	})
	return any
}

// Once is the value of a flag that is given once, and not empty.
type Once string

func (o *Once) String() string { return string(*o) }
func (o *Once) Type() string   { return "NAME" }

func (o *Once) Set(value string) error {
	switch {
	case value == "":
		return errors.New("the name is missing")
	case *o != "":
		return fmt.Errorf("given twice, %s and %s; one run is for one", *o, value)
	}
	*o = Once(value)
	return nil
}
