package checks

// Release is what the templates of the release say, from the entry template
// down through every nested stack. Positions are of the template; a subject is
// `<stack path>#<LogicalId>`. Exists is yes, no or undecided: whether the
// resource comes to be under the conditions of its stack.
//
// Texts that only the deployment knows have a `*` for what is unknown.
type Release struct {
	Templates []Template   `json:"templates"`
	Stacks    []Stack      `json:"stacks"`
	Children  []Child      `json:"children"`
	Arguments []Argument   `json:"arguments"`
	Reads     []OutputRead `json:"reads"`
	Resources []Resource   `json:"resources"`
	// Settings are every property that a template sets.
	Settings []Setting `json:"settings"`
	// Observed are the properties that bundled policies look at, absent ones
	// too. Their paths enter lists and maps with *.
	Observed []Setting      `json:"observed"`
	Assets   []Asset        `json:"assets"`
	Literals []Literal      `json:"literals"`
	Lookups  []RegionLookup `json:"lookups"`
	Faults   []Fault        `json:"faults"`
	Problems []Problem      `json:"problems"`

	// Applications are those of the Serverless Application Repository.
	Applications []Application `json:"applications"`
	// Published says that the entry template is that of a published release: it
	// is called for one, under a version, or was read from a URL.
	Published bool `json:"published"`
	// References are those that lead nowhere; Circles are circular dependencies.
	References []Reference `json:"references"`
	Circles    []Circle    `json:"circles"`
	// Violations are what the schemas of the resource types refuse.
	Violations []Violation `json:"violations"`
	// SameNames are names that two resources or exports have, Sizes what
	// services limit the size of, and Assertions those of each template's Rules.
	SameNames  []SameName  `json:"same_names"`
	Sizes      []Size      `json:"sizes"`
	Assertions []Assertion `json:"assertions"`
}

// Whether a resource comes to exist.
const (
	ExistsYes       = "yes"
	ExistsNo        = "no"
	ExistsUndecided = "undecided"
)

// Template is one template file with the counts that CloudFormation limits.
type Template struct {
	File        string `json:"file"`
	Stack       string `json:"stack"`   // the first stack made of it
	Subject     string `json:"subject"` // of that stack's resource; the stack's path for the entry
	Bytes       int    `json:"bytes"`
	Lines       int    `json:"lines"`
	Description int    `json:"description"` // bytes
	Parameters  int    `json:"parameters"`
	Mappings    int    `json:"mappings"`
	Conditions  int    `json:"conditions"`
	Resources   int    `json:"resources"` // after transforms that are known
	Outputs     int    `json:"outputs"`
	// Unexpanded are the loops and macros whose result is not known.
	Unexpanded []string `json:"unexpanded"`
}

// Stack is one stack of the release.
type Stack struct {
	Path   string `json:"path"` // "entry", "Bootstrap", "Onboard/CloudSec"
	File   string `json:"file"`
	Name   string `json:"name"`
	Exists string `json:"exists"`
}

// Child is one nested stack resource and what became of its template: loaded,
// missing, unreadable, cycle, too_deep, too_many, not_read (it lies where we
// may not look), application (of the Serverless Application Repository) or
// unknown (its URL is).
type Child struct {
	Subject string `json:"subject"`
	URL     string `json:"url"`
	// Form is how the URL is spelt: s3_https, path, s3 (s3://), http, other_host,
	// or unknown where only the deployment knows.
	Form   string `json:"form"`
	State  string `json:"state"`
	Detail string `json:"detail"`
	Exists string `json:"exists"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Application is a nested stack whose template the Serverless Application
// Repository keeps. Nobody outside it sees what it creates.
type Application struct {
	Subject     string `json:"subject"`
	Application string `json:"application"` // its ARN
	Exists      string `json:"exists"`
}

// Argument is one parameter of a nested stack, as the child declares it and as
// the parent gives it.
type Argument struct {
	Subject  string `json:"subject"` // of the nested stack resource
	Name     string `json:"name"`
	Declared bool   `json:"declared"`
	Required bool   `json:"required"` // declared without a Default
	Given    string `json:"given"`    // yes, no or undecided
	// Breaks is the constraint of the child that the value is known to break,
	// and Bound that constraint as written.
	Breaks string `json:"breaks"`
	Bound  string `json:"bound"`
	// Unknown says why a constraint of the child could not be decided for it.
	Unknown string `json:"unknown"`
	// Bytes is the least length of the text that is given, in UTF-8.
	Bytes int `json:"bytes"`
	// Nearest is the child's parameter that one which it does not declare
	// resembles.
	Nearest string `json:"nearest"`
	// Value is the text that breaks it, with a * for what may not be shown.
	Value string `json:"value"`
	// Shape is list or map where the argument is not a text.
	Shape string `json:"shape"`
	// FromParameter says that the value is one of the parent's parameters.
	FromParameter bool `json:"from_parameter"`
	// FromDefault says that the value is the default in the child.
	FromDefault bool   `json:"from_default"`
	Exists      string `json:"exists"`
	File        string `json:"file"`
	Line        int    `json:"line"`
	Column      int    `json:"column"`
}

// OutputRead is one place where a template reads an output of a nested stack.
type OutputRead struct {
	Subject  string `json:"subject"` // what reads it
	Child    string `json:"child"`   // the nested stack resource
	Output   string `json:"output"`
	Declared string `json:"declared"` // yes, no, or unknown when the child is not read
	Produced string `json:"produced"` // yes, no or undecided: the output's own condition
	Exists   string `json:"exists"`
	File     string `json:"file"`
	Line     int    `json:"line"`
	Column   int    `json:"column"`
}

// Resource is one resource that CloudFormation creates. What SAM generates
// stands as what it generates; OriginType is then the type that was written.
type Resource struct {
	Subject    string `json:"subject"`
	Stack      string `json:"stack"`
	LogicalID  string `json:"logical_id"`
	Type       string `json:"type"`
	OriginType string `json:"origin_type"`
	Exists     string `json:"exists"`
	// NameKind is literal, pattern, generated (by CloudFormation) or none.
	NameKind      string `json:"name_kind"`
	Name          string `json:"name"`
	NameLength    int    `json:"name_length"`     // the least that it can have
	NameMax       int    `json:"name_max"`        // of the type; 0 when not known
	NameFromStack bool   `json:"name_from_stack"` // composed from the stack's name
	ARN           string `json:"arn"`
	LogGroup      string `json:"log_group"` // that a function writes to
	Retain        bool   `json:"retain"`
	// Offered says whether the target region has the type: yes, no, or unknown
	// for a type that no region lists and a region that publishes no registry.
	Offered string `json:"offered"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// Asset is a reference to something that CloudFormation fetches: a template,
// code, a layer, an image. Partition and Region are what the reference itself
// names, empty where it names none.
type Asset struct {
	Subject   string `json:"subject"`
	Type      string `json:"type"`
	Path      string `json:"path"`
	Kind      string `json:"kind"` // template, code, layer, image, schema, …
	Text      string `json:"text"`
	Local     bool   `json:"local"` // a path that packaging replaces
	Bucket    string `json:"bucket"`
	Key       string `json:"key"`
	Account   string `json:"account"`
	Partition string `json:"partition"`
	Region    string `json:"region"`
	Exists    string `json:"exists"`
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
}

// Literal is an ARN, an endpoint or a service principal that a template
// spells out. A part that the template fills in at deployment is `*`, but for
// ${AWS::Partition}, which is the partition of the run.
type Literal struct {
	Subject   string `json:"subject"`
	Kind      string `json:"kind"` // arn, host, console or principal
	Text      string `json:"text"` // the ARN or host itself
	Path      string `json:"path"`
	Slot      string `json:"slot"` // the property that holds it
	Partition string `json:"partition"`
	// OwnPartition says that the template writes the partition as ${AWS::Partition}.
	OwnPartition bool   `json:"own_partition"`
	Service      string `json:"service"`
	Region       string `json:"region"`
	Account      string `json:"account"`
	// Row is the key of the mapping row that holds it.
	Row       string `json:"row"`
	Scheme    bool   `json:"scheme"`    // follows ://
	Principal bool   `json:"principal"` // names a service in a policy's Principal
	Asset     bool   `json:"asset"`     // is also one of the assets
	// UsedAs is the property of another resource, as TYPE PROPERTY, that names the role whose principal this is, where AWS China
	// takes only one form of the principal for it.
	UsedAs string `json:"used_as"`
	// ChinaHost, of a host under amazonaws.com where the run is in AWS China, is the host there that means the same; empty
	// where none is known.
	ChinaHost string `json:"china_host"`
	// Public says that such a host serves every partition as it is.
	Public bool `json:"public"`
	// Instead is what to do where AWS China has no such host.
	Instead string `json:"instead"`
	Exists  string `json:"exists"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// RegionLookup is one place that reads a mapping by AWS::Region.
type RegionLookup struct {
	Subject string `json:"subject"`
	Mapping string `json:"mapping"`
	Region  string `json:"region"`
	HasRow  bool   `json:"has_row"`
	// Sample is what the mapping gives in us-east-1, which tells what it is of.
	Sample string `json:"sample"`
	Exists string `json:"exists"`
	File   string `json:"file"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
}

// Fault is something inside a template that CloudFormation refuses: a circular
// reference or a condition that is not defined.
type Fault struct {
	Subject string `json:"subject"` // the stack's path
	Kind    string `json:"kind"`
	Detail  string `json:"detail"`
	File    string `json:"file"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// ArgumentFault is how the argument of a function differs from what it takes.
type ArgumentFault struct {
	// Wrong is form, count, first, variables, attribute, missing_key, unknown_key
	// or loop; empty where nothing is.
	Wrong string   `json:"wrong"`
	Text  bool     `json:"text"`  // whether a text is taken
	Least int      `json:"least"` // items of a list, when one is taken
	Most  int      `json:"most"`  // 0: no list is taken
	Keys  []string `json:"keys"`  // that a mapping must have, when one is taken
	Count int      `json:"count"` // the items that are there
	Key   string   `json:"key"`   // that is missing, or not taken
}

// Problem is a place at which the text of a template is not what CloudFormation
// takes. Kind is unknown_type or a kind that package cfn notes: null_value,
// alias, merge_key, duplicate_key, logical_id, unknown_section, … Name is the
// key, id, function or type at fault; Nearest is a known one that it resembles.
// Before is the line on which a key or name stands first that is given twice.
// Macro tells that a macro may still change the text.
type Problem struct {
	Subject string `json:"subject"`
	Kind    string `json:"kind"`
	Path    string `json:"path"`
	Name    string `json:"name"`
	Nearest string `json:"nearest"`
	Before  int    `json:"before"`
	// Takes is what would be right: values of an attribute, kinds of a value, the
	// transform that is required.
	Takes []string `json:"takes"`
	// Found is the kind of value that is there, or why a pattern is invalid.
	Found string `json:"found"`
	// Argument is what is wrong with the argument of a function.
	Argument ArgumentFault `json:"argument"`
	Macro    bool          `json:"macro"`
	File     string        `json:"file"`
	Line     int           `json:"line"`
	Column   int           `json:"column"`
}
