package derive

import (
	"testing"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// BenchmarkRelease is the whole work on a real release: what it needs, and what
// all of the public policies at once say to it.
func BenchmarkRelease(b *testing.B) {
	release := realRelease(b, anInstall())
	full := policy(b, "FullAWSAccess.json", iam.SCP, fullAccess)
	level := append(publicPolicies(b, iam.SCP), full)
	b.Run("needs", func(b *testing.B) {
		for b.Loop() {
			if _, err := Derive(release); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("needs and verdicts", func(b *testing.B) {
		for b.Loop() {
			n, err := Derive(release)
			if err != nil {
				b.Fatal(err)
			}
			if _, err := n.Organization([][]*iam.Policy{{full}, level}, nil); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(level)-1), "policies")
	})
}
