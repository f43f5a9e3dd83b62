package registry

// Tagging is how a type takes tags.
type Tagging struct {
	Taggable   bool
	OnCreate   bool // tags are there from the first moment
	Updatable  bool // tags can be changed
	SystemTags bool // aws:cloudformation:* are set
	Property   string
	// Stated tells whether the type says how it is tagged. One that does not is
	// taken as taggable when it has the property.
	Stated bool
}

// defaultTagging is what the definition of provider schemas gives to a keyword
// that a type leaves out.
var defaultTagging = Tagging{Taggable: true, OnCreate: true, Updatable: true, SystemTags: true, Property: "Tags"}

func (g *Tagging) read(r *reader) {
	r.object(func(key string) {
		switch key {
		case "taggable":
			g.Taggable = r.bool()
		case "tagOnCreate":
			g.OnCreate = r.bool()
		case "tagUpdatable":
			g.Updatable = r.bool()
		case "cloudFormationSystemTags":
			g.SystemTags = r.bool()
		case "tagProperty":
			g.Property = r.string()
		default:
			r.raw()
		}
	})
	g.Stated = true
}

func (t *Type) settleTagging() {
	if !t.Tagging.Stated {
		t.Tagging.Taggable = t.Schema.Properties[t.Tagging.Property] != nil
	}
	if !t.Tagging.Taggable {
		t.Tagging = Tagging{Stated: t.Tagging.Stated}
	}
}
