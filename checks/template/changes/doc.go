// Package changes says what CloudFormation does to every resource when a
// release takes the place of another: what it creates, updates, replaces and
// deletes, through every nested stack, and what becomes of the old resource.
//
// It owns the comparison of two resolved trees: of values, of which some are
// known only to a deployment, of properties by the registry's create-only
// paths and the table of what AWS documents beside them (updates.txt), and of
// names that a new resource takes while an old one has them. It judges nothing,
// reads no file and reaches no network.
package changes
