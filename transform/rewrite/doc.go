// Package rewrite spells what is left of a release as AWS China does: partitions,
// hosts, principals, places in S3, images, regional endpoints.
//
// A rule is for a text (textRules), for a value that must be seen as a whole
// (whole) or for a resource (resourceRules). It walks the values as stage remove
// left them, and removes nothing but what a new spelling makes wrong. It sees
// package plan.
package rewrite
