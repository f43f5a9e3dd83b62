package china

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/arn"
)

// Field says what a field of an ARN holds.
type Field string

// What the region and account of the ARNs of a table row hold. Those of other
// ARNs hold a region and an account.
const (
	None      Field = "none"    // nothing: the name is global in its partition
	OwnRegion Field = "own"     // the region of the stack itself
	Service   Field = "service" // the service that is called, in place of an account
	AWS       Field = "aws"     // the word aws, in place of an account
)

type arnRow struct {
	Service         string
	Resource        pattern
	Region, Account Field
	Target          bool
	Meaning, Source string
}

type targetRow struct{ Target, Why, Source string }

type policyRow struct{ Name, China, Source string }

var arns = lazily[struct {
	Rows     []arnRow
	Targets  []targetRow
	Policies []policyRow
}]("arns")

// Grammar is what the region and the account of an ARN hold. Both are empty for
// an ARN that has the usual ones.
type Grammar struct{ Region, Account Field }

// GrammarOf reads an ARN by the grammar of its service.
func GrammarOf(a arn.ARN) Grammar {
	row, _ := rowOf(a)
	return Grammar{row.Region, row.Account}
}

func rowOf(a arn.ARN) (arnRow, bool) {
	for _, row := range arns().Rows {
		if row.Service == a.Service && row.Resource.matches(a.Resource) && row.fits(a) {
			return row, true
		}
	}
	return arnRow{}, false
}

// fits tells an ARN of the row from another of the same service, such as an
// access point from a bucket.
func (r arnRow) fits(a arn.ARN) bool {
	switch {
	case r.Region == None && a.Region != "", r.Account == None && a.Account != "":
		return false
	case r.Account == AWS:
		return a.Account == "aws"
	case r.Account == Service:
		return a.Account != "" && strings.Trim(a.Account, "0123456789") != ""
	}
	return true
}

// MissingTarget tells why what an ARN calls does not exist in AWS China: the
// service of an integration URI, or the action of a state's integration.
func MissingTarget(a arn.ARN) (why string, missing bool) {
	row, ok := rowOf(a)
	called := ""
	switch {
	case ok && row.Account == Service:
		called = a.Account[strings.LastIndexByte(a.Account, '.')+1:] + ":"
	case ok && row.Target:
		called = strings.TrimPrefix(a.Resource, "aws-sdk:")
	}
	for _, t := range arns().Targets {
		if called != "" && strings.HasPrefix(called, t.Target) {
			return t.Why, true
		}
	}
	return "", false
}

// ManagedPolicy is the name that a managed policy of AWS has in AWS China, empty
// for one that does not exist there. listed is false for those that are the same.
func ManagedPolicy(name string) (inChina string, listed bool) {
	for _, p := range arns().Policies {
		if p.Name == name {
			return p.China, true
		}
	}
	return "", false
}
