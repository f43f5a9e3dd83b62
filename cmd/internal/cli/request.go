package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/preflight"
	"github.com/panther-preflight/panther-preflight/checks/recording"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// gather fills everything that the loaded checks read.
func (a *app) gather(ctx context.Context, c *checkFlags, needs []string) (*preflight.Gathered, error) {
	if nothing := c.somethingToRead(); nothing != nil {
		if _, err := a.run(c.input); err != nil {
			return nil, err // a flag that is wrong is the nearer cause
		}
		return nil, nothing
	}
	switch {
	case c.example:
		return exampleFacts(ctx)
	case c.facts != "":
		return a.replay(ctx, c.facts, c.input)
	}
	live := c.live
	live.timeout = reading(live.timeout)
	return a.read(ctx, c.input, live, needs)
}

// somethingToRead refuses a gate that would be green because it read nothing.
// With credentials, the account and the version alone tell much.
func (c *checkFlags) somethingToRead() error {
	if c.example || c.facts != "" || c.input.templateName() != "" || c.input.release != "" && !c.input.offline {
		return nil
	}
	ways := "give --template PATH, --release-dir DIR or --facts FILE"
	if c.input.release != "" {
		return usage(fmt.Errorf("nothing to check: offline, --release alone names no file; %s", ways))
	}
	return usage(fmt.Errorf("nothing to check: %s; --example shows what a report says", ways))
}

// read reads the release and, unless the run is offline, the account.
func (a *app) read(ctx context.Context, in inputFlags, l liveFlags, needs []string) (*preflight.Gathered, error) {
	r, err := a.request(ctx, in)
	if err != nil {
		return nil, err
	}
	if !in.everything {
		r.Wanted = needs
	}
	bounded := ctx
	if !r.Run.Offline {
		var cancel context.CancelFunc
		bounded, cancel = context.WithTimeout(ctx, l.timeout)
		defer cancel()
		if r.Account, err = a.account(bounded, &r.Run, in, l); err != nil {
			return nil, err
		}
		r.Account.Needs = needs
	}
	g, err := preflight.Gather(bounded, r)
	if err != nil {
		return nil, err
	}
	a.log().Info("facts are read", "calls", g.Calls)
	return g, ctx.Err()
}

// request is what the flags ask for, with the files that they name read or
// opened.
func (a *app) request(ctx context.Context, in inputFlags) (preflight.Request, error) {
	run, err := a.run(in)
	if err != nil {
		return preflight.Request{}, err
	}
	r := preflight.Request{Run: run, PhaseStated: in.phase != "", FromStated: in.from != ""}
	if r.Parameters, err = in.given(ctx); err != nil {
		return r, err
	}
	if run.Template != "" && run.TemplateURL == "" {
		source, entry, err := template.Open(ctx, run.Template)
		if err != nil {
			return r, unreadable(run.Template, err)
		}
		r.Template = preflight.Template{Files: source.Files, Entry: entry}
	}
	r.Policies, err = in.exported(ctx)
	return r, err
}

func unreadable(name string, err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("no such file or folder: %s", name)
	}
	return usage(fmt.Errorf("--template: %w", err))
}

// replay gives the facts that collect wrote to a file, without any call. With
// a template or parameters beside --facts, these are read anew and only the
// live facts are those of the file.
func (a *app) replay(ctx context.Context, file string, in inputFlags) (*preflight.Gathered, error) {
	text, err := readInput(ctx, file, in.wait)
	if err != nil {
		return nil, err
	}
	read, err := recording.Read(file, text)
	if err != nil {
		return nil, usage(err)
	}
	recorded := preflight.Recorded(file, read)
	if !in.anew() {
		return recorded, nil
	}
	was := recorded.Facts.Run
	if in.template == "" && in.releaseDir == "" {
		in.template = was.Template
	}
	if in.stackName == "" {
		in.stackName = was.StackName
	}
	r, err := a.request(ctx, in)
	if err != nil {
		return nil, err
	}
	r.Run.Time, r.Run.Account, r.Run.Offline, r.Run.Endpoints = was.Time, was.Account, was.Offline, was.Endpoints
	if a.global.region == "" {
		r.Run.Region, r.Run.Partition = was.Region, was.Partition
	}
	return preflight.Replay(ctx, recorded, r)
}

// anew says that the flags name something to read, not only facts to replay.
func (i inputFlags) anew() bool {
	return i.template != "" || i.releaseDir != "" || i.parameters != "" || len(i.values) > 0 ||
		i.release != "" || i.from != "" || i.phase != "" || i.stackName != ""
}

// tool is what a report and a recording say that they were made by.
func tool() checks.Tool { return checks.Tool{Name: "panther-preflight", Version: Version()} }
