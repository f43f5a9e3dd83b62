package derive

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// The kinds of deployer.
const (
	deployerRole          = "role"
	deployerAdministrator = "administrator"
)

// assumedDeployer is who deploys when nobody looked: the deployment role at
// path "/", or an administrator of whom nothing is known.
func assumedDeployer(run checks.Run) checks.Deployer {
	account, partition := run.Account, run.Partition
	if account == "" {
		account = "*"
	}
	if partition == "" {
		partition = "*"
	}
	if run.DeploymentRole == "" {
		return checks.Deployer{Principal: "arn:" + partition + ":iam::" + account + ":*", Kind: deployerAdministrator, Assumed: true}
	}
	return checks.Deployer{Principal: "arn:" + partition + ":iam::" + account + ":role/" + run.DeploymentRole, Kind: deployerRole, Assumed: true}
}

// world is one way in which what is not known of the deployer's account may
// turn out. A verdict holds when it is the same in every world.
type world struct {
	account, organization string
	// vague leaves unknown what is not known of them, to find out which keys they
	// come in by.
	vague bool
}

const (
	unnamedAccount      = "999999999999"
	unnamedOrganization = "o-unnamedorg00"
)

var (
	accountText      = regexp.MustCompile(`\b\d{12}\b`)
	organizationText = regexp.MustCompile(`\bo-[a-z0-9]{10,32}\b`)
)

// maxWorlds bounds how many accounts and organizations are told apart.
const maxWorlds = 16

// worlds are the accounts and organizations that the policies tell apart by
// their conditions, and one that none of them names. complete is false when
// there are more than it is worth to try.
func (n *Needs) worlds(policies []*iam.Policy) (all []world, complete bool) {
	accounts, organizations := []string{unnamedAccount}, []string{unnamedOrganization}
	account, organization := n.run.Account, n.organization
	if account == "" && len(policies) > 0 && policies[0].Kind() == iam.Identity {
		account = ownAccount(policies)
	}
	if account != "" {
		accounts[0] = account
	}
	if organization != "" {
		organizations[0] = organization
	}
	for _, p := range policies {
		for i := range p.Statements() {
			for _, c := range p.Statements()[i].Conditions() {
				if !aboutAccount(c.Key()) {
					continue
				}
				for _, v := range c.Values() {
					if account == "" {
						accounts = append(accounts, accountText.FindAllString(v, -1)...)
					}
					if organization == "" {
						organizations = append(organizations, organizationText.FindAllString(v, -1)...)
					}
				}
			}
		}
	}
	slices.Sort(accounts[1:])
	slices.Sort(organizations[1:])
	accounts, organizations = slices.Compact(accounts), slices.Compact(organizations)
	for _, a := range accounts {
		for _, o := range organizations {
			if len(all) == maxWorlds {
				return all, false
			}
			all = append(all, world{account: a, organization: o})
		}
	}
	return all, true
}

// ownAccount is the account that a deployer's own policies speak of most: they
// name another one at times, such as a publisher's. It is empty when there is
// none, or no more of one than of another.
func ownAccount(policies []*iam.Policy) string {
	count := map[string]int{}
	for _, p := range policies {
		for i := range p.Statements() {
			resources, _ := p.Statements()[i].Resources()
			for _, r := range resources {
				if parts := strings.SplitN(r, ":", 6); len(parts) == 6 && accountText.MatchString(parts[4]) {
					count[parts[4]]++
				}
			}
		}
	}
	best, most := "", 0
	for account, n := range count {
		switch {
		case n > most:
			best, most = account, n
		case n == most:
			best = ""
		}
	}
	return best
}

func aboutAccount(key string) bool {
	switch strings.ToLower(key) {
	case "aws:principalarn", "aws:principalaccount", "aws:resourceaccount", "aws:principalorgid", "aws:resourceorgid", "aws:principalorgpaths", "aws:resourceorgpaths":
		return true
	}
	return false
}

// identity are the condition keys that come with the deployer.
func (d *deriver) identity(w world) map[string]iam.Value {
	absent, unknown, present := iam.Value{State: iam.KeyAbsent}, iam.Value{State: iam.KeyUnknown}, iam.Value{State: iam.KeyPresent}
	keys := map[string]iam.Value{
		"aws:SecureTransport":           iam.Is("true"),
		"aws:PrincipalIsAWSService":     iam.Is("false"),
		"aws:PrincipalServiceName":      absent,
		"aws:PrincipalServiceNamesList": absent,
		"aws:SourceArn":                 absent,
		"aws:SourceAccount":             absent,
		"aws:SourceOrgID":               absent,
		"aws:SourceOrgPaths":            absent,
		"aws:AssumedRoot":               absent,
		"aws:ChatbotSourceArn":          absent,
		"aws:PrincipalAccount":          iam.Is(w.account),
		"aws:PrincipalOrgID":            iam.Is(w.organization),
		"aws:PrincipalOrgPaths":         present,
		"aws:CurrentTime":               present,
		"aws:EpochTime":                 present,
		"aws:userid":                    present,
		"aws:*":                         unknown,
		"saml:*":                        unknown,
		"sts:*":                         unknown,
	}
	if d.deployer.Kind == deployerAdministrator {
		// CloudFormation uses the caller's own credentials.
		if !d.namesPrincipal() {
			keys["aws:PrincipalArn"] = present
		}
		keys["aws:ViaAWSService"] = iam.Is("true")
		keys["aws:CalledVia"] = iam.Is("cloudformation.amazonaws.com")
		keys["aws:CalledViaFirst"] = iam.Is("cloudformation.amazonaws.com")
		keys["aws:CalledViaLast"] = iam.Is("cloudformation.amazonaws.com")
		return keys
	}
	// A role may be passed to CloudFormation or assumed by the caller, which
	// sets these keys differently.
	keys["aws:ViaAWSService"] = present
	keys["aws:PrincipalType"] = iam.Is("AssumedRole")
	keys["aws:username"] = absent
	d.tags.context(keys)
	return keys
}

// act puts another caller into the context of a call, and gives its ARN. What
// CloudFormation makes of a name is filled in: no organization names it, and
// none of these calls is certain anyway.
func (n *Needs) act(by *actor, w world, context map[string]iam.Value) string {
	arn := textOf(by.role.ARN)
	arn.value = strings.ReplaceAll(strings.Replace(arn.value, ":iam::*:", ":iam::"+w.account+":", 1), "*", "x")
	maps.DeleteFunc(context, func(key string, _ iam.Value) bool { return strings.HasPrefix(key, principalTag) })
	n.put(context, ownCall)
	n.put(context, map[string]iam.Value{
		"aws:PrincipalArn": iam.Is(arn.value), "aws:PrincipalType": iam.Is("AssumedRole"), "aws:username": {State: iam.KeyAbsent},
		principalTag + "*": {State: iam.KeyUnknown},
	})
	return arn.value
}

// ownCall is how a call looks that no service makes for the caller.
var ownCall = map[string]iam.Value{
	"aws:ViaAWSService": iam.Is("false"), "aws:CalledVia": {State: iam.KeyAbsent},
	"aws:CalledViaFirst": {State: iam.KeyAbsent}, "aws:CalledViaLast": {State: iam.KeyAbsent},
}

// put sets the keys that some policy looks at.
func (n *Needs) put(context, keys map[string]iam.Value) {
	for key, value := range keys {
		if n.relevance.key(key) {
			context[key] = value
		}
	}
}

// principal is the deployer's ARN in a world.
func (d *deriver) principal(w world) string {
	partition := d.run.Partition
	if partition == "" {
		partition = "aws"
	}
	arn := strings.Replace(d.deployer.Principal, "arn:*:", "arn:"+partition+":", 1)
	arn = strings.Replace(arn, ":iam::*:", ":iam::"+w.account+":", 1)
	if !d.namesPrincipal() {
		return strings.TrimSuffix(arn, "*") + "role/administrator"
	}
	return arn
}

// namesPrincipal is false for an administrator of whom nothing is known.
func (d *deriver) namesPrincipal() bool { return !strings.HasSuffix(d.deployer.Principal, ":*") }
