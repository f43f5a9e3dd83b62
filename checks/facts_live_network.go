package checks

// Network is what the parameters name of the account's own network. Each has a
// state: present, missing from the account and region, or unread.
type Network struct {
	VPCs           []VPC           `json:"vpcs"`
	Subnets        []Subnet        `json:"subnets"`
	SecurityGroups []SecurityGroup `json:"security_groups"`
	// Routes are the default routes of those subnets.
	Routes []DefaultRoute `json:"routes"`
	// Ranges are what the subnets of those VPCs take up already.
	Ranges []SubnetRange `json:"ranges"`
}

// DefaultRoute is how a subnet reaches addresses that no other route is for.
type DefaultRoute struct {
	// Subnet is its id.
	Subnet string `json:"subnet"`
	// Table is the route table that holds for the subnet: its own, or the VPC's
	// main one; empty when there is none.
	Table string `json:"table"`
	// Target is what 0.0.0.0/0 is routed to; empty for no such route.
	Target string `json:"target"`
	// State is active, or blackhole when the target is gone.
	State string `json:"state"`
}

// SubnetRange is a range of addresses that a subnet of a VPC has.
type SubnetRange struct {
	VPC string `json:"vpc"`
	// Subnet is its id.
	Subnet string `json:"subnet"`
	// Range is the IPv4 range in CIDR notation.
	Range string `json:"range"`
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
