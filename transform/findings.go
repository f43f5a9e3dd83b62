package transform

func (p *pass) findings(out []*emitted) {}
