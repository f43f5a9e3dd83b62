package derive

import (
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/derive/published"
	"github.com/panther-preflight/panther-preflight/checks/derive/rolefile"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// publishedReleases are the releases whose templates and role are both at hand.
var publishedReleases = map[string]string{
	"v1.14.3": "panther-older/v1.14.3/master.yml", "v1.15.3": "panther-older/v1.15.3/master.yml", "v1.16.0": "panther-community/root.yml",
}

// TestPublishedRolesSuffice: the role that the vendor publishes with a version
// installs it and upgrades to it, so what it lacks is not required.
func TestPublishedRolesSuffice(t *testing.T) {
	for version, file := range publishedReleases {
		if _, err := os.Stat(corpus + file); err != nil {
			t.Skip("the published templates are not here")
		}
		for _, phase := range []string{checks.Install, checks.Upgrade} {
			t.Run(version+" "+phase, func(t *testing.T) {
				run := anInstall()
				run.Phase, run.Release, run.Account = phase, version, "111122223333"
				n, err := Derive(load(t, corpus+file, run))
				if err != nil {
					t.Fatal(err)
				}
				role, exact, err := published.Find(version)
				if err != nil || !exact {
					t.Fatalf("the role of %s: %v, exact %v", version, err, exact)
				}
				p, err := role.Policy("aws", run.Region, run.Account)
				if err != nil {
					t.Fatal(err)
				}
				rules, err := n.Identity(rolefile.Role{Identity: []*iam.Policy{p}})
				if err != nil {
					t.Fatal(err)
				}
				var found []string
				for _, d := range rules.Denials {
					if !doubted(d) {
						found = append(found, fmt.Sprintf("%s for %s (certain %v, if new %v)", d.Action, d.Resources[0].Subject, d.Certain, d.IfNew))
					}
				}
				slices.Sort(found)
				for _, f := range found {
					t.Error(f)
				}
			})
		}
	}
}
