package template

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/cfn"
)

func (s *stack) joined(a *cfn.Node) Value {
	in := a.List(2, 2)
	if in == nil || !in[0].IsScalar() {
		return malformed("Fn::Join")
	}
	v := s.eval(in[1])
	if v.Kind != List {
		return Value{Kind: Pattern, rooted: v.rooted, parts: v.asHole()}
	}
	items := v.items
	if v.reason != "" { // it may hold more than is seen
		more := unknown(v.reason)
		more.origin = v.origin
		items = append(slices.Clone(items), more)
	}
	return join(in[0].Text, items)
}

// asHole keeps what is known of a text that stands for a whole list.
func (v Value) asHole() []Part {
	if v.Kind == Pattern {
		return v.parts
	}
	return []Part{{Reason: v.why(), origin: v.origin}}
}

func (s *stack) splitted(a *cfn.Node) Value {
	in := a.List(2, 2)
	if in == nil || !in[0].IsScalar() || in[0].Text == "" {
		return malformed("Fn::Split")
	}
	v := s.eval(in[1])
	switch v.Kind {
	case Literal:
		if strings.Count(v.parts[0].Text, in[0].Text) > maxItems {
			return unknown(tooLarge)
		}
		pieces := strings.Split(v.parts[0].Text, in[0].Text)
		items := make([]Value, len(pieces))
		for i, p := range pieces {
			items[i] = literal(p)
			items[i].secret, items[i].rooted = v.secret, v.rooted
		}
		return listOf(items)
	case Pattern:
		return splitPattern(in[0].Text, v)
	}
	return unknown(v.why())
}

// splitPattern splits at the delimiters that are seen. An unknown part may hold
// more of them, so only what stands before the first one is sure; the list says
// so by being unknown from there on.
func splitPattern(delimiter string, v Value) Value {
	var items []Value
	for _, p := range v.parts {
		if p.Reason != "" {
			break
		}
		pieces := strings.Split(p.Text, delimiter)
		for _, t := range pieces[:len(pieces)-1] {
			items = append(items, literal(t))
		}
	}
	out := listOf(items)
	out.reason = v.Reason()
	return out
}

func (s *stack) selected(a *cfn.Node) Value {
	in := a.List(2, 2)
	if in == nil {
		return malformed("Fn::Select")
	}
	index, known := s.eval(in[0]).Literal()
	if !known {
		return unknown("the index of Fn::Select is not known")
	}
	i, err := strconv.Atoi(index)
	if err != nil || i < 0 {
		return malformed("Fn::Select")
	}
	v := s.eval(in[1])
	switch {
	case v.Kind == List && i < len(v.items):
		return v.items[i]
	case v.Kind == List && v.reason == "":
		return unknown(fmt.Sprintf("Fn::Select asks for element %d of %d", i, len(v.items)))
	}
	return unknown(v.why())
}

func (s *stack) base64(a *cfn.Node) Value {
	v := s.eval(a)
	if text, known := v.Literal(); known {
		return literal(base64.StdEncoding.EncodeToString([]byte(text)))
	}
	return unknown(v.why())
}

func (s *stack) length(a *cfn.Node) Value {
	v := s.eval(a)
	if v.Kind == List && v.reason == "" {
		return literal(strconv.Itoa(len(v.items)))
	}
	return unknown(v.why())
}

// zones: which availability zones an account sees in a region is its own.
func (s *stack) zones(*cfn.Node) Value {
	return unknown("the availability zones of the account are not known")
}

func (s *stack) imported(a *cfn.Node) Value {
	v := s.eval(a)
	return unknown("the export " + v.Text() + " of another stack is not known")
}

func (s *stack) stackOutput(a *cfn.Node) Value {
	stack, output := a.Get("StackName"), a.Get("OutputName")
	if stack == nil || output == nil {
		return malformed("Fn::GetStackOutput")
	}
	return unknown("the output " + s.eval(output).Text() + " of the stack " + s.eval(stack).Text() + " is not known")
}

func (s *stack) cidr(a *cfn.Node) Value {
	in := a.List(2, 3)
	if in == nil {
		return malformed("Fn::Cidr")
	}
	block, known := s.eval(in[0]).Literal()
	count, counted := s.eval(in[1]).Literal()
	bits, sized := "", true
	if len(in) == 3 {
		bits, sized = s.eval(in[2]).Literal()
	}
	if !known || !counted || !sized {
		return unknown("the arguments of Fn::Cidr are not known")
	}
	return cidrBlocks(block, count, bits)
}
