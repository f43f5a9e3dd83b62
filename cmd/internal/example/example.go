// Package example holds the release, the parameters and the recorded facts that
// `check --example` runs on. They are written for this project: small, in the
// shape of the real thing, and with a finding of every severity.
package example

import "embed"

// Files is the folder: release/root.yml with what it nests, params.json, and the
// recorded facts of an account, facts.json.
//
//go:embed release params.json facts.json
var Files embed.FS

// What the example deploys, as an operator would give it.
const (
	Release   = "v1.31.1"
	Region    = "us-east-1"
	StackName = "siem-prod"
	Time      = "2026-11-21T12:00:00Z"
)
