// Package preflight is the pipeline of a check, from a question to a report:
//
//	Compile   selects the policies and with them the facts that they read
//	Gather    reads a release and, with credentials, the account
//	Replay    takes the account's facts from a recording instead
//	Judge     evaluates the policies and makes the report
//
// Gather has the one true order. The deployed stack is read first, because it
// tells the phase and the parameter values that stay as they are. The release
// is resolved with those. The rest of the account is read for the names and
// types that the release has. What is required of whom is derived last, from
// all of it, and is derived once. Facts are complete when policies see them.
//
// The package knows no flags and prints nothing. It may use every package below
// checks and the bundled policies. Who calls it loads AWS configurations, opens
// files and says what an error means for a command line.
package preflight
