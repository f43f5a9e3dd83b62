// Package prove holds the result of the transform against what went in: no changed
// policy allows a sampled request that it did not allow before (Grants), no
// reference names nothing, and a second run would change nothing (Result).
//
// It may change nothing and shares no code with stage remove: what is lost, and
// a second plan, are functions that it is given. It sees packages plan and
// checks/iam.
package prove
