// Package cfn is the CloudFormation template language: the one reading of
// templates, for checks and transforms alike.
//
// It owns the syntax: nodes with their places, functions and their short tags,
// sections, attributes of resources, loops, references. It may not know what a
// template means: it resolves nothing, knows no resource type, does no input or
// output, and judges nothing. It sees package yamldoc, which holds the limits.
//
// # Reading
//
// Parse reads a text. FromYAML reads a tree of nodes, for an editor that works
// on one in which aliases are followed; the Src of a Node is the node of that
// tree, and Entry.Src that of the key, so that an edit by node identity is
// exact. The argument of a call in a short tag has the call's own Src (Short is
// set on the call): to replace it is to replace the call. Value reads one value
// that such an editor puts in the place of another. A generated node
// (Maker, Unroll) has no Src.
//
// Nothing but bad YAML, or a text that is no mapping, is an error. What
// CloudFormation refuses is a Problem with its kind, path, place and a message
// that can be shown; the reading goes on. A Fatal problem makes it incomplete:
// Template.Fatal gives it as the error that refuses the file.
//
// # Nodes
//
// A Node is a scalar (String, Number, Bool, with Text), Null, List (Items), Map
// (Entries) or Call (Func, and Arg). Short and long forms are the same Call:
// !Sub x, {Fn::Sub: x}; so is a tagged mapping or list, !ImportValue {Fn::Sub:
// x}. An unknown tag or function is a Call too, with its name as written. Get,
// At, List, Pairs, Scalar, Texts and IsCall are safe on nil. Sub, GetAtt, Ref and LoopOf read
// what these functions take; SubParts splits a text of Fn::Sub, Dynamic splits
// one at {{resolve:…}}, which is never literal text.
//
// {Condition: Name} is a Call in Conditions and Rules only; elsewhere, as in
// the statements of a policy, it is a Map. Fn::ForEach::X is always an Entry of
// a Map, and so is Fn::Transform in a section or beside other keys: see
// Entry.IsUnexpanded and Template.Unexpanded.
//
// Text is what CloudFormation sees: YAML 1.1, see scalar. Keys are as written,
// and so is Name, which is for scalars that name something.
//
// # Templates
//
// Template has the sections as types: Resource, Parameter, Output, Rule,
// Transform; Mappings and Conditions are Maps. Unroll writes loops out and
// gives a new Template. References yields every use of a name in a node, a
// resource or an output. FunctionOf is the one table of functions.
package cfn
