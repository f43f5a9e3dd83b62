package derive

import (
	"strings"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/template"
)

// customResource tells whether CloudFormation calls a function or a topic for
// a resource, and which.
func customResource(r *resource) (token template.Value, is bool) {
	if !strings.HasPrefix(r.Type, "Custom::") && r.Type != "AWS::CloudFormation::CustomResource" {
		return template.Value{}, false
	}
	return r.properties.Get("ServiceToken"), true
}

// invoke is all that a custom resource takes of the deployer: what the function
// then calls, it calls with its own role.
func (d *deriver) invoke(r *resource, token template.Value) error {
	arn := token.Text()
	switch {
	case strings.Contains(arn, ":lambda:"):
		return d.add(r, taken{action: "lambda:InvokeFunction"})
	case strings.Contains(arn, ":sns:"):
		return d.add(r, taken{action: "sns:Publish"})
	}
	const why = "whether the resource's ServiceToken is a function or a topic is known at deployment"
	if err := d.add(r, taken{"lambda:InvokeFunction", why}); err != nil {
		return err
	}
	return d.add(r, taken{"sns:Publish", why})
}

const serverless = "AWS::Serverless-2016-10-31"

// stacks adds what the stacks themselves take: the root stack, and expanding
// the transforms of each.
func (d *deriver) stacks(tree *template.Tree, all []*resource, tags []checks.Tag) error {
	first := map[string]*resource{} // of each stack, which stands for it
	for _, r := range all {
		if first[r.Stack] == nil {
			first[r.Stack] = r
		}
	}
	root := first["entry"]
	if root == nil {
		return nil
	}
	name := text{"*", true}
	for s := range tree.Stacks() {
		if s.Path == "entry" {
			name = textOf(s.Name)
		}
	}
	format := "arn:${Partition}:cloudformation:${Region}:${Account}:stack/${StackName}/${Id}"
	actions := []string{"cloudformation:CreateStack", "cloudformation:DescribeStacks"}
	if d.run.Phase == checks.Upgrade {
		actions[0] = "cloudformation:UpdateStack"
	}
	for _, action := range actions {
		if err := d.on(root.asStack(tags), action, d.filled(format, "StackName", name), true); err != nil {
			return err
		}
	}
	for _, t := range tree.Transforms() {
		r := first[t.Stack]
		if t.Name != serverless || r == nil {
			continue
		}
		arn := d.filled("arn:${Partition}:cloudformation:${Region}:aws:transform/Serverless-2016-10-31", "", text{})
		if err := d.on(r.asStack(tags), "cloudformation:CreateChangeSet", arn, false); err != nil {
			return err
		}
	}
	return nil
}

// asStack stands for the stack that holds the resource: it has the tags that the
// stack is given, not those of the resource.
func (r *resource) asStack(root []checks.Tag) *resource {
	stack := *r
	stack.tags = stackTags(r.Resource, root)
	return &stack
}

// on adds a call on a resource that stands in no template. direct says that the
// deployer makes it.
func (d *deriver) on(r *resource, action string, arn text, direct bool) error {
	a, err := d.tables.Action(action)
	if err != nil || a == nil {
		return err
	}
	why := ""
	if r.Exists == template.Undecided && r.Stack != "entry" {
		why = whyExists
	}
	d.needs = append(d.needs, &need{action: a, target: target{arn: arn}, settings: d.settings(r, a, nil), user: r, why: why, direct: direct})
	return nil
}
