package report

// Details are facts that the html format draws beside the report. They judge
// nothing: colours come from the findings. A part that is not known is left
// out of the page.
type Details struct {
	// Stacks are the stacks of the release.
	Stacks []Stack
	// Levels lead from the root of the organization to the account.
	Levels []Level
	// Services are those the release needs actions of: kms, s3, …
	Services []string
	// Excerpt cuts a template around a line; nil cuts nothing. It must answer
	// for templates only: parameter files hold values that are nobody's business.
	Excerpt func(file string, line int) ([]Line, bool)
}

// Stack is one stack of the release by its path, entry for the entry.
type Stack struct {
	Path, File string
	Resources  int
	// Exists is false for a stack that the conditions leave out.
	Exists bool
}

// Level is one level of the organization with the policies attached to it.
type Level struct {
	Name     string
	Policies []Policy
}

// Policy is one organization policy, by the name that findings give it. Title
// is how people call it, where that is another. Kind is SCP or RCP.
type Policy struct {
	Name, Title, Kind string
}

// Line is one line of a template.
type Line struct {
	Number int
	Text   string
	// Here marks the line that the finding is about.
	Here bool
}
