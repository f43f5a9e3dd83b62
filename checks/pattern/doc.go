// Package pattern decides regular expressions as CloudFormation does, which is
// made with Java: with look-around, back references, long repetitions and
// Java's character classes.
//
// It owns the difference between Java's language and the two engines that stand
// in for it: the standard library's where it is enough, and regexp2 elsewhere,
// within a time limit. What neither has (possessive repetition, intersections of
// character classes) or does not decide in time is unknown, never wrong. It
// judges no value and knows no template.
package pattern
