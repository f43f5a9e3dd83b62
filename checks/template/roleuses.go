package template

import (
	"github.com/panther-preflight/panther-preflight/checks/cfn"
	"github.com/panther-preflight/panther-preflight/checks/china"
)

// roleUses are the roles of a template that a resource names in a property for
// which AWS China takes one form of the principal only: TYPE PROPERTY by logical
// id.
func roleUses(d *document) map[string]string {
	uses := map[string]string{}
	for _, row := range china.Principals() {
		for _, use := range row.Roles {
			for _, r := range d.Resources {
				if r.Type != use.Type {
					continue
				}
				for ref := range cfn.References(r.Body.At("Properties", use.Property)) {
					if ref.Kind == cfn.ToRef || ref.Kind == cfn.ToAttribute {
						uses[ref.Name] = use.Type + " " + use.Property
					}
				}
			}
		}
	}
	return uses
}
