package china

import "slices"

// Kind is what a twin is of.
type Kind string

// The kinds of things of AWS that have a twin in AWS China.
const (
	Layer       Kind = "layer"       // the account that publishes a Lambda layer
	Account     Kind = "account"     // an account that a service of AWS works from
	Application Kind = "application" // the publisher of a serverless application
	Registry    Kind = "registry"    // the account of a registry of images
	Zone        Kind = "zone"        // the hosted zone of a service's endpoints
)

// Twin is one row: the identifiers outside China of something that AWS also has
// in China, and the one there by region. Name, where it is given, is what the
// layer, application or repository is called.
type Twin struct {
	Kind     Kind
	What     string
	Name     pattern
	AWS      []string
	China    map[string]string
	Region   string            // of the twin, where it is the same for both regions
	Versions map[string]string // that the twins have, by name, where versions differ
	Source   string
}

var twins = lazily[struct{ Rows []Twin }]("twins")

// Twins are the rows of the table.
func Twins() []Twin { return twins().Rows }

// TwinOf finds the row of an identifier outside China.
func TwinOf(kind Kind, id, name string) (Twin, bool) {
	return find(kind, name, func(t Twin) bool { return slices.Contains(t.AWS, id) })
}

// IsTwin tells whether an identifier is one of the twins in China: it is never
// foreign there.
func IsTwin(kind Kind, id string) bool {
	return slices.ContainsFunc(Twins(), func(t Twin) bool {
		if t.Kind != kind {
			return false
		}
		for _, own := range t.China {
			if own == id {
				return true
			}
		}
		return false
	})
}

// Outside tells whether an identifier is one that AWS uses outside China only.
func Outside(kind Kind, id string) bool {
	return slices.ContainsFunc(Twins(), func(t Twin) bool { return t.Kind == kind && slices.Contains(t.AWS, id) })
}

func find(kind Kind, name string, is func(Twin) bool) (Twin, bool) {
	rows := Twins()
	i := slices.IndexFunc(rows, func(t Twin) bool { return t.Kind == kind && t.Name.matches(name) && is(t) })
	if i < 0 {
		return Twin{}, false
	}
	return rows[i], true
}

// In is the identifier in a region of China; empty where AWS has none there.
func (t Twin) In(region string) string { return t.China[region] }
