package template

// expand lists what the document creates; without SAM that is what it declares.
func (d *document) expand() {
	d.resources = d.declared
	d.index()
}

func (d *document) index() {
	d.byID = make(map[string]*declaration, len(d.resources))
	for _, r := range d.resources {
		d.byID[r.id] = r
	}
}
