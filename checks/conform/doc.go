// Package conform compares the resolved properties of a release with the
// schemas of its resource types in the target region.
//
// It owns the keywords of the schemas and what CloudFormation makes of a value
// before it judges it: texts that stand for numbers and booleans. What only the
// deployment knows is not judged. It says which keyword a value breaks; whether
// that counts is a policy's to say. It reads no template and knows no type.
package conform
