// Package template turns the CloudFormation templates of a release into one
// tree of stacks and resources, and the tree into facts.
//
// It owns the meaning of a template, whose text package cfn reads: intrinsic
// functions, conditions, nested stacks, what SAM generates, and the names that
// resources will have. What only a deployment can know stays unknown, with the reason.
// It judges nothing, prints nothing and reaches no network: bodies come from a
// Source that the caller gives.
package template
