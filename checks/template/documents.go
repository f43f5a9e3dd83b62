package template

// Documents are the files of one release that were read and parsed. Runs over
// the same release that follow one another share them, and so see one state of
// the files; nothing in a document depends on parameters. What is read from a URL
// is not kept: whose credentials may read it is part of an answer. It is not for
// concurrent use.
type Documents struct {
	bodies map[string]Body
	parsed map[string]parsed
}

// NewDocuments keeps nothing yet.
func NewDocuments() *Documents {
	return &Documents{bodies: map[string]Body{}, parsed: map[string]parsed{}}
}

func (d *Documents) body(name string) (Body, bool) {
	if d == nil {
		return Body{}, false
	}
	b, is := d.bodies[name]
	return b, is
}

func (d *Documents) keep(b Body) {
	if d != nil {
		d.bodies[b.Name] = b
	}
}

// parse parses a body, once where it is a file that is kept.
func (d *Documents) parse(b Body) parsed {
	if _, kept := d.body(b.Name); !kept {
		doc, err := parse(b.Name, b.Text)
		return parsed{doc, err}
	}
	p, done := d.parsed[b.Name]
	if !done {
		p.doc, p.err = parse(b.Name, b.Text)
		d.parsed[b.Name] = p
	}
	return p
}
