package reason

import (
	"regexp"
	"strings"
)

var (
	constraint = regexp.MustCompile(`(?i)\bat ['"]([\w.]+)['"] failed to satisfy constraint`)
	quota      = regexp.MustCompile(`(?i)cannot exceed quota for (\w+)`)
	mapping    = regexp.MustCompile(`(?i)unable to get mapping for \S+?::(?:([a-z]{2}(?:-[a-z]+)+-\d+)|\S*?)::`)
	exists     = regexp.MustCompile(`^(?:Stack \[)?['"\[]?([^\s'"\]]+)['"\]]? already exists(?: in stack (\S+))?\.?$`)
	identified = regexp.MustCompile(`with identifier '(?:\{.*:"([^"]+)"\}|(.*))' already exists`)
	named      = regexp.MustCompile(`(?i)\bwith (?:the )?(?:same )?(?:name|id|key|path) ['"\[]?([^\s'"\]]+)['"\]]? (?:already )?exists`)
)

// taken reads which name is taken, and by whom. "Database already exists" names
// no database.
func (r *Reason) taken(resourceType string) {
	switch m := match(r.Message, exists, identified, named); m.which {
	case exists:
		r.Exists, r.InStack = m.groups[1], strings.TrimRight(m.groups[2], ".")
	case identified:
		r.Exists = m.groups[1] + m.groups[2]
	case named:
		r.Exists = m.groups[1]
	}
	if kind := resourceType[strings.LastIndex(resourceType, ":")+1:]; strings.EqualFold(r.Exists, kind) {
		r.Exists = ""
	}
}

var missing = regexp.MustCompile(`(?i)(\w+)(?: (\S+))? (?:(?:was |were )?not found|(?:does not|doesn't) exist|(?:could not|cannot) be found)`)

// itself reports whether the message misses a thing of the resource's own type.
func itself(message, resourceType string) bool {
	m := missing.FindStringSubmatch(message)
	kind := resourceType[strings.LastIndex(resourceType, ":")+1:]
	return m != nil && (strings.EqualFold(m[1], kind) || strings.EqualFold(m[2], kind))
}

// quoted values, ARNs, paths and URLs are somebody's names.
var (
	quoted   = regexp.MustCompile(`'[^']{2,}?'(?:[\s,.;:)\]]|$)|"[^"]+"|` + "`[^`]+`" + `|\[[^\]]*\]|\{[^}]*\}`)
	located  = regexp.MustCompile(`(?:arn:|https?://|s3://|/)\S+`)
	nameLike = regexp.MustCompile(`\S*[-_/.:@#$0-9]\S*[A-Za-z0-9]|\S+[a-z][A-Z]\S*`)
	// prose are words with a hyphen, a dot or capitals inside that AWS uses in
	// its sentences; everything else of that form is a name.
	prose = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
		`(?:service|identity|resource|session|customer|custom|account|cross|multi|non|re|pre|read|write|self|load|sub|in|well|user|trust|key|auto|event|public|cloud|high|low|time|log|built|case)-[a-z]+`,
		`cloudformation|cloudwatch|cloudtrail|cloudfront|dynamodb|guardduty|appsync|eventbridge|codebuild|elasticache`,
		`getobject|principalnotfound|waitcondition|terminationprotection|cannotpullcontainer\w*|servicetoken|unreservedconcurrentexecution|reservedconcurrentexecutions|templateurl|stabili[sz]ed|ownershipcontrols|objectownership|bucketownerenforced|createrole|natgateway`,
		`dkim|ipv4|ipv6|s3|ec2|x86_64|e-mail|id\(s\)|resource\(s\)|hook\(s\)|signal\(s\)|address\(es\)|acls?|cidrs?|vpcs?|arns?|\d+(?:mb|kb|gb)?`,
	}, "|") + `)[.,;:!?)]*$`)
)

// words blanks out what can be a name.
func words(message string, about About) string {
	text := quoted.ReplaceAllStringFunc(message, func(found string) string {
		if strings.Contains(strings.Trim(found, `'" ,.;:)]`+"`"), " ") && found[0] != '[' && found[0] != '{' {
			return found // a quoted sentence is no name
		}
		return " _ "
	})
	text = located.ReplaceAllString(text, " _ ")
	own := map[string]bool{}
	for _, n := range []string{about.PhysicalID, about.StackName} {
		if n != "" {
			own[n] = true
		}
	}
	var kept []string
	for i, word := range strings.Fields(text) {
		bare := strings.Trim(word, `'".,;:()[]`)
		switch {
		case own[bare], bare == about.LogicalID && i == 0 && about.LogicalID != "":
			kept = append(kept, "_")
		case nameLike.MatchString(bare) && !prose.MatchString(bare):
			kept = append(kept, "_"+strings.Repeat(".", len(word)-len(strings.TrimRight(word, "."))))
		default:
			kept = append(kept, strings.ToLower(word))
		}
	}
	return strings.Join(kept, " ")
}
