package china

import (
	"regexp"
	"slices"
	"strings"
)

// Form is how the identifier of a service principal is composed.
type Form string

// The four forms that AWS uses.
const (
	Universal     Form = "universal"      // SERVICE.amazonaws.com
	China         Form = "china"          // SERVICE.amazonaws.com.cn
	Regional      Form = "regional"       // SERVICE.REGION.amazonaws.com
	RegionalChina Form = "regional_china" // SERVICE.REGION.amazonaws.com.cn
)

// PrincipalRow says which forms of a service's principal are right in AWS China.
// The service * stands for those without a row of their own.
type PrincipalRow struct {
	Service string
	Accept  []Form
	Write   Form
	Roles   []RoleRow
	Source  string
}

// RoleRow is a use of a role for which only one of the forms works: the property
// of a resource type that names the role.
type RoleRow struct {
	Type, Property string
	Write          Form
	Source         string
}

type federatedRow struct {
	Principal string
	Regions   map[string]string
	Keys      map[string]string
	Source    string
}

var principals = lazily[struct {
	Rows      []PrincipalRow
	Federated []federatedRow
}]("principals")

// Principals are the rows of the table of service principals.
func Principals() []PrincipalRow { return principals().Rows }

// Principal is the identifier of a service principal, by its parts.
type Principal struct {
	Service string
	Region  string // the name or ${AWS::Region}; empty in the forms without
	Form    Form
	row     PrincipalRow
}

var principalText = regexp.MustCompile(`^([a-z][a-z0-9-]*(?:\.[a-z][a-z0-9-]*)*?)(?:\.([a-z]{2}(?:-[a-z]+)+-\d|\$\{AWS::Region\}))?\.(amazonaws\.com\.cn|amazonaws\.com|\$\{AWS::URLSuffix\})$`)

// ParsePrincipal reads a service principal as it is in AWS China, where
// ${AWS::URLSuffix} is amazonaws.com.cn.
func ParsePrincipal(text string) (Principal, bool) {
	m := principalText.FindStringSubmatch(text)
	if m == nil {
		return Principal{}, false
	}
	p := Principal{Service: m[1], Region: m[2], Form: formOf(m[2] != "", m[3] != "amazonaws.com")}
	rows := Principals()
	i := slices.IndexFunc(rows, func(r PrincipalRow) bool { return r.Service == p.Service })
	if i < 0 {
		i = slices.IndexFunc(rows, func(r PrincipalRow) bool { return r.Service == "*" })
	}
	p.row = rows[i]
	return p, true
}

func formOf(regional, china bool) Form {
	switch {
	case regional && china:
		return RegionalChina
	case regional:
		return Regional
	case china:
		return China
	}
	return Universal
}

// Right tells whether AWS China takes the principal.
func (p Principal) Right() bool {
	return slices.Contains(p.row.Accept, p.Form) && (p.Region == "" || p.Region[0] == '$' || strings.HasPrefix(p.Region, "cn-"))
}

// In writes the principal as region has it.
func (p Principal) In(region string) string {
	form := p.row.Write
	if p.Region == "" && !slices.Contains(p.row.Accept, p.Form) {
		form = Universal
	}
	if p.Region != "" && p.Region[0] != '$' && !strings.HasPrefix(p.Region, "cn-") || p.Region == "" {
		p.Region = region
	}
	return p.as(form)
}

// For writes the principal as the use of a role needs it, if the row of its
// service names that use.
func (p Principal) For(typ, property string) (string, bool) {
	for _, use := range p.row.Roles {
		if use.Type == typ && use.Property == property && p.Form != use.Write {
			return p.as(use.Write), true
		}
	}
	return "", false
}

func (p Principal) as(form Form) string {
	text := p.Service
	if form == Regional || form == RegionalChina {
		text += "." + p.Region
	}
	if form == China || form == RegionalChina {
		return text + ".amazonaws.com.cn"
	}
	return text + ".amazonaws.com"
}

// Federated is the identity provider of AWS that stands for another one in a
// region of AWS China.
func Federated(text, region string) (string, bool) {
	for _, row := range principals().Federated {
		if row.Principal == text && row.Regions[region] != "" {
			return row.Regions[region], true
		}
	}
	return "", false
}

// ConditionKey is the condition key of that identity provider.
func ConditionKey(key, region string) (string, bool) {
	for _, row := range principals().Federated {
		for before, after := range row.Keys {
			if rest, ok := strings.CutPrefix(key, before); ok && row.Regions[region] != "" {
				return after + rest, true
			}
		}
	}
	return "", false
}
