// Package sam is what the transform AWS::Serverless-2016-10-31 generates.
//
// It owns the logical ids and types of what AWS SAM makes of a template, held
// against the results that SAM publishes, and those properties that a check or
// the China transform reads. It may not resolve a function: what a value is
// comes from the caller, and what depends on one that is not known is listed in
// Unexpanded. OwnersOf is the exact answer to what a generated id belongs to;
// Malformed is what SAM could not read. It sees package cfn.
//
// Where SAM ends a logical id with a hash of content (versions, deployments,
// layers), the id stands without the hash.
package sam
