package preflight

import "github.com/panther-preflight/panther-preflight/checks/safetext"

// withoutCredentials takes the credentials out of every URL in the facts and the
// notes, wherever a template, a parameter, a recording or the account has one:
// what is judged, recorded and reported is made of these. It comes last, when
// everything was read that a URL is needed for.
func withoutCredentials(g *Gathered) *Gathered {
	safetext.HideIn(g)
	return g
}
