package registry

// Schema is what a type says of one value: the keywords of JSON Schema that
// the registry uses. What a schema does not say is the zero value.
type Schema struct {
	// Ref is a definition that holds beside the keywords here; definitions may
	// lead back to themselves. RefName is its name.
	Ref     *Schema
	RefName string

	Type Kinds

	Enum []any // strings, float64, bools
	// EnumCaseInsensitive are values that are taken in any case.
	EnumCaseInsensitive []any
	Const               any
	Pattern             string // as Java takes it: with look-around, possessive repetition
	// Format is the kind of a text: date-time, json, or the property of a type
	// whose values it takes, such as AWS::EC2::VPC.Id.
	Format           string
	MinLength        *int
	MaxLength        *int
	Minimum          *float64
	Maximum          *float64
	ExclusiveMinimum *float64
	ExclusiveMaximum *float64
	MultipleOf       *float64

	Properties        map[string]*Schema
	PatternProperties map[string]*Schema
	Additional        *bool // whether other properties are taken; nil: not said
	Required          []string
	RequiredXor       []string // exactly one of them
	RequiredOr        []string // at least one of them
	DependentRequired map[string][]string
	DependentExcluded map[string][]string
	MinProperties     *int
	MaxProperties     *int

	Items       *Schema
	PrefixItems []*Schema
	MinItems    *int
	MaxItems    *int
	UniqueItems bool
	UniqueKeys  []string // no two items have these alike
	Ordered     *bool    // false: the order of the items says nothing

	AllOf []*Schema
	AnyOf []*Schema
	OneOf []*Schema
	Not   *Schema
	If    *Schema
	Then  *Schema
	Else  *Schema
}

// Closed tells whether properties that are not named are refused.
func (s *Schema) Closed() bool { return s.Additional != nil && !*s.Additional }

// Kinds is a set of JSON types; the empty set is any.
type Kinds uint8

// The JSON types.
const (
	String Kinds = 1 << iota
	Number
	Integer
	Boolean
	Object
	Array
	Null
)

var kindNames = []string{"string", "number", "integer", "boolean", "object", "array", "null"}

// Has tells whether the set holds k, or is any.
func (k Kinds) Has(kind Kinds) bool { return k == 0 || k&kind != 0 }

// Names are the names of the types in the set.
func (k Kinds) Names() []string {
	var out []string
	for i, name := range kindNames {
		if k&(1<<i) != 0 {
			out = append(out, name)
		}
	}
	return out
}
