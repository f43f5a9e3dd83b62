package template

import "strings"

// Options are what the caller knows of the deployment. An empty text is not
// known, and what depends on it stays open.
type Options struct {
	Parameters map[string]ParameterValue
	Region     string
	Partition  string // default: the region's
	Account    string
	StackName  string
	MaxDepth   int // of nested stacks; 0: DefaultDepth
	MaxStacks  int // in the whole tree; 0: DefaultStacks
}

// ParameterValue is a value that the operator gives to the entry template.
type ParameterValue struct {
	Text     string
	Previous bool // UsePreviousValue: the text is not known, unless Known
	Known    bool // Previous, and Text was read from the deployed stack
	Secret   bool // it is shown nowhere, though the template may not say NoEcho
}

// deployedValue begins the name of what a parameter of the entry template has
// that nobody gives.
const deployedValue = "entry parameter "

// Bounds on the tree, against templates that nest themselves.
const (
	DefaultDepth  = 20
	DefaultStacks = 1000
)

func (o *Options) partition() string {
	switch {
	case o.Partition != "":
		return o.Partition
	case o.Region == "":
		return ""
	case strings.HasPrefix(o.Region, "cn-"):
		return "aws-cn"
	case strings.HasPrefix(o.Region, "us-gov-"):
		return "aws-us-gov"
	}
	return "aws"
}

func (o *Options) suffix() string {
	switch o.partition() {
	case "":
		return ""
	case "aws-cn":
		return "amazonaws.com.cn"
	}
	return "amazonaws.com"
}

func (o *Options) depth() int {
	if o.MaxDepth > 0 {
		return o.MaxDepth
	}
	return DefaultDepth
}

func (o *Options) stacks() int {
	if o.MaxStacks > 0 {
		return o.MaxStacks
	}
	return DefaultStacks
}

// values are the arguments of the entry template.
func (o *Options) values() map[string]Value {
	out := make(map[string]Value, len(o.Parameters))
	for name, p := range o.Parameters {
		if p.Previous && !p.Known {
			out[name] = hole("", "parameter "+name+" keeps its previous value, which is not known", 0).from(origin{name: deployedValue + name})
			continue
		}
		if out[name] = written(p.Text); p.Secret {
			out[name] = hide(out[name])
		}
	}
	return out
}
