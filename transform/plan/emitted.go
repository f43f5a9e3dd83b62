package plan

import (
	"crypto/sha256"
	"encoding/hex"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
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

	reading *cfn.Template // see Read
}

// Read is the template of the result as one that nothing was decided about yet.
// The text is read once, and not at all when it is the one that went in.
func (e *Emitted) Read(file string) (*Template, error) {
	switch {
	case e.reading != nil:
	case e.Document == e.Template.Document:
		e.reading = e.Template.Reading
	default:
		var err error
		if e.reading, err = readingOf(file, e.Document, e.Tree); err != nil {
			return nil, err
		}
	}
	return templateOf(file, e.Document, e.Tree, e.reading), nil
}

// Written is the template as the result lists it.
func (e *Emitted) Written() Written {
	sum := sha256.Sum256(e.Document.Bytes)
	return Written{From: e.From, To: e.Name, SHA256: hex.EncodeToString(sum[:]), Before: e.Before, Body: e.Document.Bytes}
}
