// Package findings lists what is left for a person to decide. It reads the result,
// not the plan, and so finds what no rule knew too. It changes nothing and sees
// package plan.
package findings
