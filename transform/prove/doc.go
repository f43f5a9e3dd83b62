// Package prove holds the result of the transform against what went in: no changed
// policy allows a sampled request that it did not allow before (Grants), no
// reference names nothing, a second run would change nothing, and what the checks
// of templates refuse was refused before (Result).
//
// It may change nothing and shares no code with stage remove: what is lost, and
// a second plan, are functions that it is given. It sees package plan, checks/iam, and how the
// checks read a release: checks/template and checks/conform.
package prove
