package template

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// declaration is a resource as it is created: one of Resources, or one that
// SAM generates of it.
type declaration struct {
	*cfn.Resource
	origin *declaration // the SAM resource that generated this one
	unless *cfn.Node    // a value in whose place this is generated
}

func declare(resources []*cfn.Resource) []*declaration {
	out := make([]*declaration, len(resources))
	for i, r := range resources {
		out[i] = &declaration{Resource: r}
	}
	return out
}
