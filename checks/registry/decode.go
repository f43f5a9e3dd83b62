package registry

import "slices"

// schema reads one schema, and the definitions that it refers to.
func (l *linker) schema(r *reader) *Schema {
	s := &Schema{}
	r.object(func(key string) { l.keyword(r, s, key) })
	return s
}

func (l *linker) keyword(r *reader, s *Schema, key string) {
	if into := s.number(key); into != nil {
		*into = r.float()
		return
	}
	if into := s.count(key); into != nil {
		*into = r.int()
		return
	}
	if into := s.names(key); into != nil {
		*into = r.strings()
		return
	}
	if into := s.single(key); into != nil {
		*into = l.schema(r)
		return
	}
	if into := s.several(key); into != nil {
		r.array(func() { *into = append(*into, l.schema(r)) })
		return
	}
	switch key {
	case "$ref":
		s.RefName = r.string()
		s.Ref = l.definition(r, s.RefName)
	case "type":
		s.Type = readKinds(r)
	case "enum":
		s.Enum = r.scalars()
	case "enumCaseInsensitive":
		s.EnumCaseInsensitive = r.scalars()
	case "const":
		s.Const = r.scalar()
	case "pattern":
		s.Pattern = r.string()
	case "format":
		s.Format = r.string()
	case "properties":
		s.Properties = l.schemas(r)
	case "patternProperties":
		s.PatternProperties = l.schemas(r)
	case "additionalProperties":
		s.Additional = new(r.bool())
	case "insertionOrder":
		s.Ordered = new(r.bool())
	case "uniqueItems":
		s.UniqueItems = r.bool()
	case "dependentRequired":
		s.DependentRequired = readLists(r)
	case "dependentExcluded":
		s.DependentExcluded = readLists(r)
	default:
		r.fail() // a keyword that nobody would obey
	}
}

func (s *Schema) number(key string) **float64 {
	switch key {
	case "minimum":
		return &s.Minimum
	case "maximum":
		return &s.Maximum
	case "exclusiveMinimum":
		return &s.ExclusiveMinimum
	case "exclusiveMaximum":
		return &s.ExclusiveMaximum
	case "multipleOf":
		return &s.MultipleOf
	}
	return nil
}

func (s *Schema) count(key string) **int {
	switch key {
	case "minLength":
		return &s.MinLength
	case "maxLength":
		return &s.MaxLength
	case "minItems":
		return &s.MinItems
	case "maxItems":
		return &s.MaxItems
	case "minProperties":
		return &s.MinProperties
	case "maxProperties":
		return &s.MaxProperties
	}
	return nil
}

func (s *Schema) names(key string) *[]string {
	switch key {
	case "required":
		return &s.Required
	case "requiredXor":
		return &s.RequiredXor
	case "requiredOr":
		return &s.RequiredOr
	case "uniqueKeys":
		return &s.UniqueKeys
	}
	return nil
}

func (s *Schema) single(key string) **Schema {
	switch key {
	case "items":
		return &s.Items
	case "not":
		return &s.Not
	case "if":
		return &s.If
	case "then":
		return &s.Then
	case "else":
		return &s.Else
	}
	return nil
}

func (s *Schema) several(key string) *[]*Schema {
	switch key {
	case "prefixItems":
		return &s.PrefixItems
	case "allOf":
		return &s.AllOf
	case "anyOf":
		return &s.AnyOf
	case "oneOf":
		return &s.OneOf
	}
	return nil
}

func (l *linker) schemas(r *reader) map[string]*Schema {
	out := map[string]*Schema{}
	r.object(func(key string) { out[key] = l.schema(r) })
	return out
}

func readLists(r *reader) map[string][]string {
	out := map[string][]string{}
	r.object(func(key string) { out[key] = r.strings() })
	return out
}

// readKinds reads the name of a type or a list of them.
func readKinds(r *reader) Kinds {
	var k Kinds
	add := func() {
		at := slices.Index(kindNames, r.string())
		if at < 0 {
			r.fail()
			return
		}
		k |= 1 << at
	}
	if r.peek() == '[' {
		r.array(add)
	} else {
		add()
	}
	return k
}
