// Package cases reads evaluation cases, one JSON object a line, and writes the
// answers in the same form. It owns the text formats of questions and answers;
// what the answer is, package iam decides.
package cases
