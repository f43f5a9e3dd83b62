// Package remove decides what goes from a release and what that takes along, and
// plans the edits that repair the rest.
//
//	seeds     what goes for its own sake: types and properties that the region lacks, --remove
//	fixpoint  judges every resource and output until nothing more is lost
//	settle    parameters that callers can no longer give
//	expand    loops of which not everything stays are written out, and all is judged anew
//	decide    the edits, once, on the original trees
//
// refChecker is the judge of one value: lost, or kept with edits inside. It
// changes nothing. What a resource cannot do without (contract) comes from the
// registry and from the tables here; an authorisation document is repaired by
// what it allows (document, grant).
//
// It sees package plan, and may not spell anything anew.
package remove
