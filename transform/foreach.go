package transform

func (p *pass) expandLoops() error { return nil }
