// Package plan is what the stages of the China transform work on: the templates
// of a release, linked with those they nest (Model, Template, Resource), and the
// report of what is decided (Draft), which becomes the Result.
//
// It owns reading and linking, the names of places in reports, and the types of
// what goes in and comes out. It decides nothing about a template: what is gone
// is found by package remove, which notes it on the parts of the model.
//
// Values are nodes of package checks/cfn, read from the tree in which aliases are
// followed, so that an edit by the identity of a node (Edits) is exact to the
// byte. Which ids SAM generates is known by package checks/sam. It sees these
// and package edit.
package plan
