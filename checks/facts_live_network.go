package checks

// Network is what the parameters name of the account's own network. Each has a
// state: present, missing from the account and region, or unread.
type Network struct {
	VPCs           []VPC           `json:"vpcs"`
	Subnets        []Subnet        `json:"subnets"`
	SecurityGroups []SecurityGroup `json:"security_groups"`
}

// VPC is one network that a parameter names.
type VPC struct {
	ID    string `json:"id"`
	State string `json:"state"`
	// Ranges are its IPv4 ranges.
	Ranges []string `json:"ranges"`
}

// Subnet is one subnet that a parameter names.
type Subnet struct {
	ID    string `json:"id"`
	State string `json:"state"`
	VPC   string `json:"vpc"`
	Zone  string `json:"zone"`
}

// SecurityGroup is one security group that a parameter names.
type SecurityGroup struct {
	ID    string `json:"id"`
	State string `json:"state"`
	VPC   string `json:"vpc"`
}
