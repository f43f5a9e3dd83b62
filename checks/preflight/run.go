package preflight

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/releases"
)

// completeRun reads phase and deployed version off the deployed stack, where
// the operator did not state them. What could not be read of it is a gap of the
// run as well.
func completeRun(f *checks.Facts, r Request) {
	if target := targetStack(f); target != nil {
		if !r.PhaseStated && !r.FromStated && deployed(target.Status) {
			f.Run.Phase = checks.Upgrade
		}
		if f.Run.From == "" && f.Run.Phase == checks.Upgrade {
			f.Run.From = deployedVersion(f)
		}
	}
	if !r.PhaseStated && !r.FromStated {
		f.Inherit("cloudformation.stacks", "run.phase", "")
	}
	if !r.FromStated {
		f.Inherit("cloudformation.stacks", "run.from", "")
	}
	f.Inherit("caller.account", "run.account", "")
}

func targetStack(f *checks.Facts) *checks.LiveStack {
	for i := range f.CloudFormation.Stacks {
		if f.CloudFormation.Stacks[i].Target {
			return &f.CloudFormation.Stacks[i]
		}
	}
	return nil
}

// deployed reports whether a stack in this state was ever created whole.
func deployed(status string) bool {
	return status == "CREATE_COMPLETE" || strings.HasPrefix(status, "UPDATE_") || strings.HasPrefix(status, "IMPORT_")
}

// versionTag is the tag by which every stack of a release names its version.
const versionTag = "PantherVersion"

// deployedVersion is the version that the target stack is tagged with or, as a
// root that was made by hand has no tags, one that it nests.
func deployedVersion(f *checks.Facts) string {
	version := ""
	for _, s := range f.CloudFormation.Stacks {
		if !s.InTree {
			continue
		}
		for _, tag := range s.Tags {
			if v, err := releases.Normal(tag.Value); tag.Key == versionTag && err == nil && (version == "" || s.Target) {
				version = v
			}
		}
	}
	return version
}

// deployedValues are the parameters of the target stack, without those that
// CloudFormation hides.
func deployedValues(f *checks.Facts) map[string]string {
	target := targetStack(f)
	if target == nil {
		return nil
	}
	values := map[string]string{}
	for _, p := range target.Parameters {
		if !p.Hidden {
			values[p.Name] = p.Value
		}
	}
	return values
}
