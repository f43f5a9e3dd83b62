package plan

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/panther-preflight/panther-preflight/checks/yamldoc"
	"github.com/panther-preflight/panther-preflight/transform/edit"
)

// Emitted is a template of the result.
type Emitted struct {
	Template  *Template
	From      string
	To        string // file name, or key without the prefix
	Name      string // with the prefix
	Document  *yamldoc.Document
	Tree      *edit.Tree
	Changed   bool
	Reprinted bool
	Before    []byte
}

// Written is the template as the result lists it.
func (e *Emitted) Written() Written {
	sum := sha256.Sum256(e.Document.Bytes)
	return Written{From: e.From, To: e.Name, SHA256: hex.EncodeToString(sum[:]), Before: e.Before, Body: e.Document.Bytes}
}
