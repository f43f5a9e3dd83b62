// Package syntax reads the functions of CloudFormation off the nodes of a YAML
// tree. It knows no resource type and judges nothing.
package syntax
