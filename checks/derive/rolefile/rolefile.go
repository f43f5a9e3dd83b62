// Package rolefile reads the policies of a role from files: policy documents,
// and the answers of the AWS CLI that hold them.
//
// It owns the forms of those files. It opens none, and passes over nothing: a
// file that holds no policy is an error.
package rolefile

import (
	"encoding/json"
	"fmt"
	"net/url"

	"github.com/panther-preflight/panther-preflight/checks/iam"
)

// Role is what a principal may do by its own policies.
type Role struct {
	Identity []*iam.Policy
	Boundary []*iam.Policy
	// Unread are policies that it has and whose documents are not there.
	Unread []string
}

// document is a policy in an answer: an object, or a text that may be encoded
// as in a URL.
type document string

// UnmarshalJSON reads either form.
func (d *document) UnmarshalJSON(raw []byte) error {
	var text string
	if json.Unmarshal(raw, &text) != nil {
		*d = document(raw)
		return nil
	}
	if plain, err := url.QueryUnescape(text); err == nil && len(text) > 0 && text[0] == '%' {
		text = plain
	}
	*d = document(text)
	return nil
}

// answer is any of the forms. Which one it is, its keys tell.
type answer struct {
	Statement      json.RawMessage
	PolicyName     string
	PolicyDocument document
	PolicyVersion  *version
	RoleDetailList []roleDetail
	Policies       []managed
}

type version struct {
	Document         document
	IsDefaultVersion bool
}

type roleDetail struct {
	RoleName                string
	RolePolicyList          []answer
	AttachedManagedPolicies []struct{ PolicyName, PolicyArn string }
	PermissionsBoundary     struct{ PermissionsBoundaryArn string }
}

type managed struct {
	PolicyName        string
	Arn               string
	PolicyVersionList []version
}

// Add reads one file into the role. name is the role's, which an answer about
// a whole account needs.
func (r *Role) Add(file string, text []byte, name string) error {
	var a answer
	if err := json.Unmarshal(text, &a); err != nil {
		// iam.Parse says best what is wrong with a text that is no JSON, and reads
		// what it accepts all the same.
		return r.add(&r.Identity, file, iam.Identity, document(text))
	}
	switch {
	case a.RoleDetailList != nil:
		return r.addAccount(file, a, name)
	case a.PolicyVersion != nil:
		return r.add(&r.Identity, file, iam.Identity, a.PolicyVersion.Document)
	case a.PolicyDocument != "":
		return r.add(&r.Identity, named(file, a.PolicyName), iam.Identity, a.PolicyDocument)
	}
	return r.add(&r.Identity, file, iam.Identity, document(text))
}

func named(file, policy string) string {
	if policy == "" {
		return file
	}
	return file + ":" + policy
}

func (r *Role) add(to *[]*iam.Policy, name string, kind iam.Kind, d document) error {
	p, err := iam.Parse(name, kind, []byte(d))
	if err != nil {
		return err
	}
	*to = append(*to, p)
	return nil
}

// addAccount reads the answer of get-account-authorization-details.
func (r *Role) addAccount(file string, a answer, name string) error {
	for _, detail := range a.RoleDetailList {
		if detail.RoleName != name {
			continue
		}
		for _, p := range detail.RolePolicyList {
			if err := r.add(&r.Identity, named(file, p.PolicyName), iam.Identity, p.PolicyDocument); err != nil {
				return err
			}
		}
		for _, attached := range detail.AttachedManagedPolicies {
			if err := r.addManaged(&r.Identity, file, iam.Identity, attached.PolicyArn, a.Policies); err != nil {
				return err
			}
		}
		if arn := detail.PermissionsBoundary.PermissionsBoundaryArn; arn != "" {
			return r.addManaged(&r.Boundary, file, iam.Boundary, arn, a.Policies)
		}
		return nil
	}
	return fmt.Errorf("%s: RoleDetailList: no role is called %s", file, name)
}

func (r *Role) addManaged(to *[]*iam.Policy, file string, kind iam.Kind, arn string, known []managed) error {
	for _, p := range known {
		if p.Arn != arn {
			continue
		}
		for _, v := range p.PolicyVersionList {
			if v.IsDefaultVersion {
				return r.add(to, named(file, p.PolicyName), kind, v.Document)
			}
		}
	}
	r.Unread = append(r.Unread, arn)
	return nil
}
