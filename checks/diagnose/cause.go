package diagnose

import (
	"fmt"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks/diagnose/catalogue"
	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
	"github.com/panther-preflight/panther-preflight/checks/diagnose/reason"
)

// Cause is something that failed of its own, and what is known about it.
type Cause struct {
	Place
	// Known says that the catalogue has the cause; otherwise the reason is all
	// there is.
	Known bool `json:"known"`
	// Entry is the catalogue's entry, What its sentence, Source where AWS or a
	// report describes it.
	Entry  string `json:"entry"`
	What   string `json:"what"`
	Source string `json:"source"`
	// Check would have foreseen it; PlannedCheck is to, and this version does
	// not yet. Both are empty where none can.
	Check        string `json:"check"`
	PlannedCheck string `json:"planned_check"`
	// Related are checks that look at the same thing from another side.
	Related     []string `json:"related"`
	Remediation string   `json:"remediation"`
	// What the reason tells, as far as it does.
	Principal string `json:"principal"`
	Action    string `json:"action"`
	Resource  string `json:"resource"`
	Layer     string `json:"layer"`
	Policy    string `json:"policy"`
	Service   string `json:"service"`
	Code      string `json:"code"`
	// Same are further resources that failed for the same reason.
	Same []Place `json:"same"`
	// Recording is what recorded facts say of the check, where they are at hand.
	Recording *Recording `json:"recording,omitempty"`
	hidden    bool
	// taken is the name that is taken, root the root stack.
	taken, root string
}

// Recording says whether recorded facts show the cause now.
type Recording struct {
	File     string   `json:"file"`
	Check    string   `json:"check"`
	Status   string   `json:"status"`
	Reason   string   `json:"reason"`
	Findings []string `json:"findings"`
}

// judge compares failures with the catalogue.
type judge struct {
	entries []catalogue.Entry
	checks  map[string]bool
	// root is the root stack's name: a deployment role may only touch names
	// that begin with panther.
	root, rootID, region string
	calls                []events.Event
}

// causes judges failures. What fails for the same reason is told once.
func (j judge) causes(list []failure) []*Cause {
	var causes []*Cause
	same := map[string]*Cause{}
	for _, f := range list {
		c := j.of(f)
		key := c.key()
		if known := same[key]; known != nil && !c.hidden {
			known.Same = append(known.Same, c.Place)
			continue
		}
		same[key] = c
		causes = append(causes, c)
	}
	return causes
}

// key is the same for causes that one change mends.
func (c *Cause) key() string {
	if c.Action == "" || c.Entry == "" {
		return c.Subject + "\x00" + c.Reason
	}
	return strings.Join([]string{c.Entry, c.Principal, c.Action, c.Layer, c.Policy}, "\x00")
}

func (j judge) of(f failure) *Cause {
	c := &Cause{Place: place(f), Related: []string{}, Same: []Place{}, hidden: f.hidden}
	if f.hidden {
		c.Remediation = "The cause is in the events of a nested stack that are not here. Read them with `" + command(f.PhysicalID, j.region) + "`."
		if !f.Nests() {
			c.Remediation = "The cause is in events that are not here. Read them all with `" + command(f.StackID, j.region) + "`."
		}
		return c
	}
	s := j.subject(f, c.Reason)
	s.Reason = j.completed(f, s.Reason)
	c.Principal, c.Action, c.Resource, c.Layer, c.Policy = s.Principal, s.Action, s.Denial.Resource, string(s.Layer), s.Policy
	c.Service, c.Code, c.taken = s.Service, s.Code, s.Exists
	c.root = j.root
	entry, found := catalogue.Find(j.entries, s)
	if !found {
		c.Remediation = j.unknown(f, c.Reason)
		return c
	}
	c.Known, c.Entry, c.What, c.Source = true, entry.ID, entry.Cause, entry.Source
	c.Remediation = entry.Worded(s)
	c.Check, c.PlannedCheck = j.check(*entry)
	for _, id := range entry.Related {
		if j.has(id) {
			c.Related = append(c.Related, id)
		}
	}
	return c
}

// check tells the check that foresees an entry from one that is to. A check
// that this program does not have is never named as one that would have told.
func (j judge) check(e catalogue.Entry) (check, planned string) {
	if e.Check != "" && j.has(e.Check) {
		return e.Check, ""
	}
	return "", e.Planned
}

func (j judge) has(id string) bool { return j.checks == nil || j.checks[id] }

func (j judge) subject(f failure, text string) catalogue.Subject {
	s := catalogue.Subject{
		Reason: reason.Parse(text, reason.About{Type: f.Type, LogicalID: f.LogicalID, PhysicalID: f.PhysicalID, StackName: f.StackName}),
		Type:   f.Type, LogicalID: f.LogicalID, PhysicalID: f.PhysicalID, StackID: f.StackID,
		RootStack: j.root, Region: events.RegionOf(f.StackID), Doing: catalogue.Doing(f.Status),
	}
	if s.Region == "" {
		s.Region = j.region
	}
	return s
}

func (j judge) unknown(f failure, text string) string {
	if text == "" {
		return fmt.Sprintf("The events do not say why %s failed. Read them with their reasons: `%s`.", place(f).Subject, command(f.StackID, j.region))
	}
	return fmt.Sprintf("This cause is not known. AWS answered: %s. CloudTrail has the call that failed: `aws cloudtrail lookup-events --lookup-attributes AttributeKey=ReadOnly,AttributeValue=false`.", strings.TrimRight(text, ". "))
}
