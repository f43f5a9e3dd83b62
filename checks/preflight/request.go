package preflight

import (
	"io/fs"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/iam/scpdir"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// Request is what is deployed, where, and by whom.
type Request struct {
	// Run is what the operator said of the deployment. What it leaves open, the
	// deployed stack completes.
	Run checks.Run
	// PhaseStated and FromStated say that the operator named the phase and the
	// version that is deployed now, so that no deployed stack overrules them.
	PhaseStated, FromStated bool
	// Template is where the release is read. Without files, the release is read
	// from Run.TemplateURL; without that too, there is no template.
	Template Template
	// Deployed is the release that an upgrade starts from.
	Deployed Deployed
	// Parameters are the values that the operator gave.
	Parameters []parameters.Given
	// Policies are those that the operator exported. They stand for those of the
	// account.
	Policies Policies
	// Account is how the account is read; nil makes no AWS call.
	Account *Account
	// Wanted are the facts that the selected policies read; nil: any. What is
	// costly and not wanted is left out.
	Wanted []string
}

// Template is a release on disk.
type Template struct {
	Files fs.FS
	Entry string
	// Read are its files that were read before; nil keeps none.
	Read *template.Documents
}

// Policies are exported policies.
type Policies struct {
	// Organization holds service and resource control policies by level; nil
	// when none were exported.
	Organization *scpdir.Levels
	// Folder is where they were exported to, for the report.
	Folder string
	// Role holds the own policies of the role that deploys; nil when none were
	// exported.
	Role *rolefile.Role
}

// Account is how the facts of an account are read.
type Account struct {
	// Options are those of the collectors. Gather adds what the policies say is
	// to be looked for.
	Options collect.Options
	// Needs are the facts that the selected policies read.
	Needs []string
}

// Gathered are complete facts.
type Gathered struct {
	Facts *checks.Facts
	// Notes say how the facts were read, as far as a reader of the report must
	// know.
	Notes []string
	// Recorded is where replayed facts come from; nil for facts that were read.
	Recorded *checks.Recorded
	// Calls is how many AWS calls were answered or given up.
	Calls int
}
