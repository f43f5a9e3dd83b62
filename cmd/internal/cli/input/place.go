package input

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/parameters"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

var (
	accountForm      = regexp.MustCompile(`^\d{12}$`)
	organizationForm = regexp.MustCompile(`^o-[a-z0-9]{10,32}$`)
)

// place adds what the operator says of the account, its organization and the
// root stack's tags. With credentials, the account is the caller's own.
func (i Flags) place(ctx context.Context, run *checks.Run) error {
	if i.account != "" && !accountForm.MatchString(i.account) {
		return session.Usage(fmt.Errorf("--account %q is no account id of 12 digits", i.account))
	}
	if i.organizationID != "" && !organizationForm.MatchString(i.organizationID) {
		return session.Usage(fmt.Errorf("--organization-id %q is no organization id, such as o-a1b2c3d4e5", i.organizationID))
	}
	if i.Offline {
		run.Account = i.account
	}
	run.OrganizationID = i.organizationID
	var err error
	run.StackTags, err = i.tags(ctx)
	return err
}

// contradicts refuses an account or organization that is not the one which was
// read.
func (i Flags) contradicts(account, organization string) error {
	switch {
	case i.account != "" && account != "" && account != i.account:
		return session.Usage(fmt.Errorf("--account %s: the facts are of account %s", i.account, account))
	case i.organizationID != "" && organization != "" && organization != i.organizationID:
		return session.Usage(fmt.Errorf("--organization-id %s: the account belongs to organization %s", i.organizationID, organization))
	}
	return nil
}

// tags are the tags of the root stack: those of the parameter file, and those of
// the command line before them.
func (i Flags) tags(ctx context.Context) ([]checks.Tag, error) {
	var out []checks.Tag
	if i.Parameters != "" {
		text, err := session.ReadInput(ctx, i.Parameters, i.Wait)
		if err != nil {
			return nil, err
		}
		if out, err = parameters.Tags(i.Parameters, text); err != nil {
			return nil, err
		}
	}
	given := map[string]bool{}
	for _, text := range i.stackTags {
		key, value, found := strings.Cut(text, "=")
		switch {
		case !found || key == "":
			return nil, session.Usage(fmt.Errorf("--stack-tag %q: write the tag as KEY=VALUE", text))
		case strings.HasPrefix(strings.ToLower(key), "aws:"):
			return nil, session.Usage(fmt.Errorf("--stack-tag %q: tags that begin with aws: are set by AWS alone", text))
		case given[key]:
			return nil, session.Usage(fmt.Errorf("--stack-tag: the key %s is given twice", key))
		}
		given[key] = true
		out = slices.DeleteFunc(out, func(t checks.Tag) bool { return t.Key == key })
		out = append(out, checks.Tag{Key: key, Value: value})
	}
	slices.SortFunc(out, func(a, b checks.Tag) int { return strings.Compare(a.Key, b.Key) })
	return out, nil
}
