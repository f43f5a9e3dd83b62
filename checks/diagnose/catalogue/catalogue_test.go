package catalogue

import (
	"regexp"
	"strings"
	"testing"
)

func all(t *testing.T) []Entry {
	t.Helper()
	entries, err := Entries()
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

// TestEveryWordingIsFound holds each entry to the real reasons beside it.
func TestEveryWordingIsFound(t *testing.T) {
	entries := all(t)
	for _, e := range entries {
		for _, w := range e.Wordings {
			found, ok := Find(entries, w.Subject())
			if !ok || found.ID != e.ID {
				t.Errorf("%s: %q is %+v\n%q", e.ID, w.Reason, found, w.Subject().Words)
				continue
			}
			if advice := found.Worded(w.Subject()); strings.ContainsAny(advice, "{}") && !strings.Contains(advice, "${") {
				t.Errorf("%s: %s", e.ID, advice)
			}
		}
	}
}

// TestEntriesAreWhole demands what a reader needs of every cause.
func TestEntriesAreWhole(t *testing.T) {
	seen := map[string]bool{}
	check := regexp.MustCompile(`^PF-[A-Z]{3}-\d{3}$`)
	for _, e := range all(t) {
		if seen[e.ID] || e.ID == "" {
			t.Errorf("%q is there twice", e.ID)
		}
		seen[e.ID] = true
		if len(e.When) == 0 || len(e.Wordings) == 0 || e.Cause == "" || e.Advice == "" || !strings.HasPrefix(e.Source, "https://") {
			t.Errorf("%s lacks a pattern, wording, cause, advice or source", e.ID)
		}
		if strings.HasSuffix(e.Cause, ".") || !strings.HasSuffix(e.Advice, ".") {
			t.Errorf("%s: the cause is no sentence with a full stop, the advice is", e.ID)
		}
		for sentence := range strings.SplitSeq(e.Advice, ". ") {
			if n := len(strings.Fields(sentence)); n > 34 {
				t.Errorf("%s: a sentence of %d words: %s", e.ID, n, sentence)
			}
		}
		for _, id := range append([]string{e.Check, e.Planned}, e.Related...) {
			if id != "" && !check.MatchString(id) {
				t.Errorf("%s: %q is no id of a check", e.ID, id)
			}
		}
	}
}

// TestNamesAreNoReason gives resources names that are words of other causes.
func TestNamesAreNoReason(t *testing.T) {
	entries := all(t)
	for _, name := range []string{
		"panther-throttling", "Panther-panther-alerts-api-LambdaThrottles", "rate-exceeded", "quota-exceeded-alarm", "panther-certificate-expired",
		"/aws/lambda/panther-access-denied", "LimitExceeded", "panther_internal_failure", "explicit-deny", "security-token-expired", "TooManyRequests",
	} {
		for form, want := range map[string]string{
			"NAME already exists": "name-taken",
			"NAME already exists in stack arn:aws:cloudformation:us-east-1:1:stack/panther/1":                                     "name-taken",
			"The CIDR '10.0.0.0/26' of NAME conflicts with another subnet":                                                        "subnet-conflict",
			"Export NAME cannot be deleted as it is in use by NAME-events":                                                        "export-in-use",
			"User: arn:aws:iam::1:user/u is not authorized to perform: sqs:CreateQueue on resource: arn:aws:sqs:us-east-1:1:NAME": "denied-by-some-policy",
			"Resource handler returned message: \"The role defined for the function cannot be assumed by Lambda. (Service: Lambda, Status Code: 400, Request ID: 1)\" (RequestToken: NAME, HandlerErrorCode: InvalidRequest)": "role-not-assumable-yet",
		} {
			w := Wording{Type: "AWS::SQS::Queue", Reason: strings.ReplaceAll(form, "NAME", name)}
			if found, ok := Find(entries, w.Subject()); !ok || found.ID != want {
				t.Errorf("%q is %+v, not %s\n%q", w.Reason, found, want, w.Subject().Words)
			}
		}
	}
}

// TestNothingIsGuessed has reasons that say nothing of their cause.
func TestNothingIsGuessed(t *testing.T) {
	entries := all(t)
	for _, w := range []Wording{
		{Type: "AWS::SSM::Parameter", Reason: `Resource handler returned message: "Error occurred during operation 'PutParameter'." (RequestToken: 1, HandlerErrorCode: GeneralServiceException)`},
		{Type: "AWS::GuardDuty::Detector", Reason: `Resource handler returned message: "Invalid request provided: AWS::GuardDuty::Detector" (RequestToken: 1, HandlerErrorCode: InvalidRequest)`},
		{Type: "AWS::XRay::TransactionSearchConfig", Reason: `Resource handler returned message: "null" (RequestToken: 1, HandlerErrorCode: AlreadyExists)`},
		{Type: "AWS::SQS::Queue", Reason: `Resource handler returned message: "The moon is in the wrong house (Service: Sqs, Status Code: 400, Request ID: 1)" (RequestToken: 1, HandlerErrorCode: GeneralServiceException)`},
		{Type: "AWS::SQS::Queue", Reason: "Something that nobody has seen before happened"},
		{Type: "AWS::RDS::DBInstance", Reason: "DBInstance ad1 not found. (Service: AmazonRDS; Status Code: 404; Error Code: DBInstanceNotFound; Request ID: 1)"},
	} {
		if found, ok := Find(entries, w.Subject()); ok {
			t.Errorf("%q is %s", w.Reason, found.ID)
		}
	}
}

// TestParsedFieldsComeFirst has a pattern of words that stands before one of a
// parsed field, and a general entry before both.
func TestParsedFieldsComeFirst(t *testing.T) {
	words := When{Text: "rate exceeded"}
	if err := words.compile(); err != nil {
		t.Fatal(err)
	}
	entries := []Entry{
		{ID: "general", General: true, When: []When{{Code: []string{"*"}}}},
		{ID: "words", When: []When{words}},
		{ID: "field", When: []When{{Code: []string{"AddressLimitExceeded"}}}},
	}
	for reason, want := range map[string]string{
		"Rate exceeded (Service: Ec2; Status Code: 400; Error Code: AddressLimitExceeded)": "field",
		"Rate exceeded (Service: Ec2; Status Code: 400; Error Code: Throttling)":           "words",
		"It was too much (Service: Ec2; Status Code: 400; Error Code: Throttling)":         "general",
	} {
		if found, ok := Find(entries, Wording{Reason: reason}.Subject()); !ok || found.ID != want {
			t.Errorf("%s is %+v, not %s", reason, found, want)
		}
	}
}

// TestTheCausesThatReportsNameAreThere lists what public reports are about, so
// that none of it is lost.
func TestTheCausesThatReportsNameAreThere(t *testing.T) {
	has := map[string]bool{}
	for _, e := range all(t) {
		has[e.ID] = true
	}
	for id := range strings.FieldsSeq(`quota-vpcs quota-internet-gateways quota-addresses quota-buckets quota-concurrency quota-iam quota-trails quota-vcpus
		quota-code-storage quota-other secret-scheduled-for-deletion queue-deleted-recently role-not-assumable-yet principal-missing circuit-breaker
		custom-resource-silent stack-policy tag-policy export-in-use import-missing image-missing image-denied log-resource-policies
		log-resource-policy-size config-recorder-exists config-recorder-missing subnet-conflict subnet-range network-missing network-of-two-vpcs
		zone-not-offered capabilities template-format throttled internal-failure key-disabled key-pending-deletion key-missing`) {
		if !has[id] {
			t.Errorf("%s is missing", id)
		}
	}
}
