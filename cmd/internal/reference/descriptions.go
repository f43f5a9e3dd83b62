package reference

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"reflect"
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
)

//go:embed descriptions.txt
var descriptionsText string

// describer knows what each field of the facts holds: its comment in package
// checks, else a row of descriptions.txt.
type describer struct {
	comments map[string]string // by Record.field
	rows     map[string]string // by Record.field or field
	missing  []string
}

func newDescriber(repository fs.FS) (*describer, error) {
	d := &describer{comments: map[string]string{}, rows: map[string]string{}}
	files, err := fs.Glob(repository, "checks/*.go")
	if err != nil {
		return nil, err
	}
	for _, file := range files {
		text, err := fs.ReadFile(repository, file)
		if err != nil {
			return nil, err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, text, parser.ParseComments)
		if err != nil {
			return nil, err
		}
		ast.Inspect(parsed, d.record)
	}
	for line := range strings.Lines(descriptionsText) {
		if name, text, is := strings.Cut(strings.TrimSpace(line), " | "); is && !strings.HasPrefix(line, "#") {
			d.rows[name] = text
		}
	}
	return d, nil
}

// record notes the comments of one struct.
func (d *describer) record(n ast.Node) bool {
	spec, is := n.(*ast.TypeSpec)
	if !is {
		return true
	}
	body, is := spec.Type.(*ast.StructType)
	if !is {
		return true
	}
	for _, f := range body.Fields.List {
		if f.Tag == nil {
			continue
		}
		name, _, _ := strings.Cut(reflect.StructTag(strings.Trim(f.Tag.Value, "`")).Get("json"), ",")
		text := strings.TrimSpace(f.Doc.Text())
		if text == "" {
			text = strings.TrimSpace(f.Comment.Text())
		}
		d.comments[spec.Name.Name+"."+name] = strings.Join(strings.Fields(text), " ")
	}
	return false
}

// describe adds descriptions to the schema of a type, and to all below it.
func (d *describer) describe(schema map[string]any, t reflect.Type) {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		if items, is := schema["items"].(map[string]any); is {
			schema = items
		}
		t = t.Elem()
	}
	properties, is := schema["properties"].(map[string]any)
	if !is || t.Kind() != reflect.Struct {
		return
	}
	for field, name := range checks.Fields(t) {
		below, is := properties[name].(map[string]any)
		if !is {
			continue
		}
		below["description"] = d.of(t.Name(), name)
		d.describe(below, field.Type)
	}
}

func (d *describer) of(record, field string) string {
	for _, text := range []string{d.comments[record+"."+field], d.rows[record+"."+field], d.rows[field]} {
		if text != "" {
			return text
		}
	}
	d.missing = append(d.missing, record+"."+field)
	return ""
}

// described is the schema of the facts with a description on every field.
func described(repository fs.FS) (map[string]any, error) {
	d, err := newDescriber(repository)
	if err != nil {
		return nil, err
	}
	schema := checks.Schema().(map[string]any)
	d.describe(schema, reflect.TypeFor[checks.Facts]())
	if len(d.missing) > 0 {
		return nil, fmt.Errorf("fields of facts without a description: %s; write a comment in package checks, or a row in descriptions.txt", strings.Join(d.missing, ", "))
	}
	return schema, nil
}
