package preflight

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect"
	"github.com/panther-preflight/panther-preflight/checks/derive"
	"github.com/panther-preflight/panther-preflight/checks/releases"
	"github.com/panther-preflight/panther-preflight/policies"
)

// accountData is the part of the policies' data that says what to look for in
// an account. The policies judge what is found by the same data.
type accountData struct {
	Leftovers, Retained []struct{ Type, Name string }
	Tags                struct {
		Marks []checks.Tag
		Kept  []string
	}
	Free   []string
	Quotas []struct {
		Type, Service, Code, Property string
		Default                       int
	}
	ServiceLinkedRoles []struct{ Type, Service, Role string } `json:"service_linked_roles"`
	Publication        struct {
		EntryURL        string `json:"entry_url"`
		Buckets         []string
		Project         string
		DomainParameter string `json:"domain_parameter"`
		APILabel        string `json:"api_label"`
	}
}

func readAccountData() (*accountData, error) {
	text, err := policies.Files.ReadFile("data/account.json")
	if err != nil {
		return nil, fmt.Errorf("read policy data: %w", err)
	}
	d := &accountData{}
	if err := json.Unmarshal(text, d); err != nil {
		return nil, fmt.Errorf("read policy data: account.json: %w", err)
	}
	return d, nil
}

// serviceLinked are the roles that services make for themselves on first use.
func (d *accountData) serviceLinked() []derive.LinkedRole {
	var all []derive.LinkedRole
	for _, r := range d.ServiceLinkedRoles {
		all = append(all, derive.LinkedRole{Type: r.Type, Service: r.Service, Name: r.Role})
	}
	return all
}

// Scope is what the collectors look for beside the names of the release.
func Scope() (collect.Scope, error) {
	d, err := readAccountData()
	if err != nil {
		return collect.Scope{}, err
	}
	w := collect.Scope{
		Names: map[string][]string{}, Free: map[string]bool{}, Tags: d.Tags.Marks,
		Projects: []string{d.Publication.Project}, DomainParameter: d.Publication.DomainParameter,
		Subdomains: []string{d.Publication.APILabel}, EntryURL: d.Publication.EntryURL,
	}
	for _, bucket := range d.Publication.Buckets {
		w.VendorBuckets = append(w.VendorBuckets, strings.ReplaceAll(bucket, "{region}", "<region>"))
	}
	if w.Publishers, err = publishers(d.Publication.Buckets); err != nil {
		return w, err
	}
	for _, l := range append(d.Leftovers, d.Retained...) {
		w.Names[l.Type] = append(w.Names[l.Type], l.Name)
	}
	for _, kind := range d.Free {
		w.Free[kind] = true
	}
	for _, q := range d.Quotas {
		w.Quotas = append(w.Quotas, collect.QuotaScope{Service: q.Service, Code: q.Code, Type: q.Type, Default: q.Default, Property: q.Property})
	}
	return w, nil
}

// publishers are the buckets of the regions that releases are published in. No
// other name is taken for one: whoever asks first may have it.
func publishers(buckets []string) ([]string, error) {
	matrix, err := releases.Read()
	if err != nil {
		return nil, err
	}
	var all []string
	for _, regions := range matrix.Regions {
		for _, region := range regions.Names {
			for _, bucket := range buckets {
				all = append(all, strings.ReplaceAll(bucket, "{region}", region))
			}
		}
	}
	return all, nil
}

// KeptTag says which tag keys a redacted recording keeps: those that policies
// read, and those that CloudFormation sets.
func KeptTag() (func(string) bool, error) {
	d, err := readAccountData()
	if err != nil {
		return nil, err
	}
	return func(key string) bool { return strings.HasPrefix(key, "aws:") || slices.Contains(d.Tags.Kept, key) }, nil
}
