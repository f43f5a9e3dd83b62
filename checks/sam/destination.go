package sam

import "github.com/panther-preflight/panther-preflight/checks/cfn"

// invokeConfig generates what an asynchronous invocation leads to, with the
// queues and topics that destinations name no other for.
func (g *generator) invokeConfig(r *cfn.Resource, p *cfn.Node, m cfn.Maker, alias string) {
	c := p.Get("EventInvokeConfig")
	if c == nil {
		return
	}
	id := r.ID + "EventInvokeConfig"
	qualifier := m.Text("$LATEST")
	if alias != "" {
		qualifier = m.GetAtt(alias, "Alias")
	}
	g.add(r, id, "AWS::Lambda::EventInvokeConfig", m.Map("FunctionName", m.Ref(r.ID), "Qualifier", qualifier,
		"MaximumEventAgeInSeconds", c.Get("MaximumEventAgeInSeconds"), "MaximumRetryAttempts", c.Get("MaximumRetryAttempts")))
	for _, outcome := range []string{"OnSuccess", "OnFailure"} {
		d := c.At("DestinationConfig", outcome)
		if d == nil {
			continue
		}
		to := d.Get("Destination")
		if to != nil && !mayBeAbsent(to) {
			continue
		}
		kind, known := g.text(d.Get("Type"))
		if !known {
			continue
		}
		switch kind {
		case "SQS":
			g.add(r, id+outcome+"Queue", "AWS::SQS::Queue", m.Map()).Unless = to
		case "SNS":
			g.add(r, id+outcome+"Topic", "AWS::SNS::Topic", m.Map()).Unless = to
		}
	}
}

// mayBeAbsent tells whether a condition may take a value away.
func mayBeAbsent(n *cfn.Node) bool {
	if n.IsNoValue() {
		return true
	}
	in := []*cfn.Node(nil)
	if n.IsCall("Fn::If") {
		in = n.Arg().List(3, 3)
	}
	return in != nil && (mayBeAbsent(in[1]) || mayBeAbsent(in[2]))
}
