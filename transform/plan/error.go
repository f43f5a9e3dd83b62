package plan

import (
	"fmt"
)

// Code names one of the reasons for which nothing is written.
type Code string

// The codes of an Error.
const (
	ConditionLostParameter Code = "condition-lost-parameter"
	EmptyTemplate          Code = "empty-template"
	StatefulCascade        Code = "stateful-cascade"
	WouldWiden             Code = "would-widen"
	UnsupportedConstruct   Code = "unsupported-construct"
	StrictEncryption       Code = "strict-encryption"
	Unproved               Code = "unproved"
)

// Error says why nothing may be written, where, and how to go on.
type Error struct {
	Code    Code     `json:"code"`
	Message string   `json:"message"`
	Fix     string   `json:"fix"`
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Others  []string `json:"others,omitempty"`
}

func (e *Error) Error() string {
	return fmt.Sprintf("%s:%d: %s: %s; %s", e.File, e.Line, e.Code, e.Message, e.Fix)
}
