// Package policies holds the checks, one Rego file each in a folder by area,
// and embeds them. It does nothing else: checks/engine compiles and runs them.
package policies

import "embed"

// Files is every policy, its library and its data.
//
//go:embed */*.rego all:data
var Files embed.FS

// Index is what compiling the policies tells of them, made by `make generate`.
//
//go:embed index.json
var Index []byte
