package plan

// Cause is why something is gone or lost.
type Cause struct {
	Rule       string
	Reason     string
	Direct     bool // removed for its own sake, not for that of another
	Propagates bool // an authorisation document: no optional slot may swallow the loss
}
