// Package derive works out what a release needs of the account that it is
// deployed into, and what the policies that are known say to it: the IAM
// actions of every resource with their resources and context, and a verdict on
// each.
//
// It owns the way from a template's resources to requests, and from verdicts
// to records of facts. It reads no file and calls nothing; whether a record is
// a finding, the policies decide.
package derive
