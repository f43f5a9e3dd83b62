package reason

import (
	"regexp"
	"strings"
)

var (
	handler   = regexp.MustCompile(`^Resource handler returned message: "(.*?)"?(?: \(RequestToken: [^,)]*(?:, HandlerErrorCode: (\w+))?\)?(.*))?$`)
	coded     = regexp.MustCompile(`^Resource handler returned message: "(.*?)"? \(HandlerErrorCode: (\w+)\)(.*)$`)
	code      = regexp.MustCompile(`HandlerErrorCode: (\w+)`)
	responded = regexp.MustCompile(`^(?:\S+: )?Received response status \[FAILED\] from custom resource\. Message returned: (.*)$`)
	failedTo  = regexp.MustCompile(`^Failed to (?:create|update|delete) resource\. (.*)$`)
	waited    = regexp.MustCompile(`^WaitCondition received failed message: '(.*)' for uniqueId: .*$`)
	hooked    = regexp.MustCompile(`^The following hook\(s\)(?:/validation)? failed: \[([^\]]*)\][:.]? ?(.*)$`)
	nested    = regexp.MustCompile(`^Embedded stack .*? with reason: (.*)$`)
	during    = regexp.MustCompile(`^(?:Error occurred during operation|\w[\w ]* for operation) ['‘](.*?)['’]?\.?$`)
	refused   = regexp.MustCompile(`^Invalid request provided: (.*)$`)
	caught    = regexp.MustCompile(`\bCaught (\w+Exception) for\b`)
	attempts  = regexp.MustCompile(`\s*\((?:SDK Attempt Count: \d+|RequestToken: [^)]*|RequestId: [^)]*|Request ID: [^)]*)\)`)
	enclosed  = regexp.MustCompile(`^\[(\w.* .*)\]$`)
	byUser    = regexp.MustCompile(`\.?\s*\.?\s*Rollback requested by user\.?$`)
	trailer   = regexp.MustCompile(`\s*\(Service: ([^;,)]+)[;,] Status Code: (\d+)((?:[;,] [^;,()]+)*)\)?`)
	errorCode = regexp.MustCompile(`Error Code: ([\w.]+)`)
	s3Code    = regexp.MustCompile(`S3 Error Code: (\w+)`)
	calling   = regexp.MustCompile(`(?:An error occurred|A client error) \(([\w.]+)\) (?:occurred )?when calling the (\w+) operation(?: \([^)]*\))?: (.*)$`)
	operation = regexp.MustCompile(`operation error ([\w ]+): (\w+), (?:.*?api error ([\w.]+): )?(.*)$`)
	terminal  = regexp.MustCompile(`reached terminal FAILED state due to (\w+)\((.*)\) and failed to stabilize`)
	bare      = regexp.MustCompile(`^[A-Z]\w+(?:Exception|Exceeded)$`)
	leading   = regexp.MustCompile(`(?:^|[\s:(])((?:[A-Z]\w*\.)*[A-Z]\w*(?:Exception|Exceeded|Fault|NotFound|Violation|Recently|Conflict|Denied|ExpiredToken|OptInRequired|AlreadyExists|InvalidChangeBatch|InvalidConfigurationRequest|ValidationError|Throttling)): ?(.*)$`)
)

// unwrap takes one wrapping after the other off the message.
func (r *Reason) unwrap() {
	if m := code.FindStringSubmatch(r.Message); m != nil {
		r.Handler = m[1]
	}
	for range 6 {
		before := r.Message
		r.step()
		if r.Message == before {
			return
		}
	}
}

func (r *Reason) step() {
	r.Message = strings.TrimSpace(byUser.ReplaceAllString(r.Message, ""))
	// Route 53 puts its sentences between brackets, as other reasons do names.
	r.Message = enclosed.ReplaceAllString(r.Message, "$1")
	switch m := match(r.Message, coded, handler, responded, failedTo, waited, hooked, nested, during, refused); m.which {
	case coded, handler:
		r.by(Handler)
		r.Message = strings.TrimSpace(m.groups[1] + m.groups[3])
	case responded, failedTo:
		r.by(CustomResource)
		r.Message = m.groups[1]
	case waited:
		r.by(WaitCondition)
		r.Message = m.groups[1]
	case hooked:
		r.by(Hook)
		r.HookType = m.groups[1]
		r.Message = m.groups[2]
	case nested, during, refused:
		r.Message = m.groups[1]
	}
	r.service()
}

// by keeps the outermost reporter.
func (r *Reason) by(who Reporter) {
	if r.Reporter == "" {
		r.Reporter = who
	}
}

// service reads how an SDK words an error: the code stands before the message
// or behind it.
func (r *Reason) service() {
	r.Message = attempts.ReplaceAllString(r.Message, "")
	if m := trailer.FindStringSubmatch(r.Message); m != nil {
		r.Service, r.Status = m[1], m[2]
		if c := errorCode.FindStringSubmatch(m[3]); c != nil {
			r.Code = c[1]
		}
		r.Message = strings.TrimSpace(trailer.ReplaceAllString(r.Message, ""))
	}
	if m := calling.FindStringSubmatch(r.Message); m != nil {
		r.Code, r.Operation, r.Message = m[1], m[2], m[3]
	}
	if m := operation.FindStringSubmatch(r.Message); m != nil {
		r.Service, r.Operation, r.Message = m[1], m[2], m[4]
		if m[3] != "" {
			r.Code = m[3]
		}
	}
	if m := s3Code.FindStringSubmatch(r.Message); m != nil {
		r.Code = m[1]
	}
	if m := caught.FindStringSubmatch(r.Message); m != nil {
		r.Code = m[1]
	}
	if m := terminal.FindStringSubmatch(r.Message); m != nil {
		// The code of the state in which Lambda left the function.
		r.Code, r.Message = m[1], m[2]
	}
	if bare.MatchString(r.Message) {
		r.Code = r.Message
	}
	if m := leading.FindStringSubmatch(r.Message); m != nil {
		// What a function wrote before it says what it was doing.
		r.Code = m[1]
		if m[2] != "" {
			r.Message = m[2]
		}
	}
}

type matched struct {
	which  *regexp.Regexp
	groups []string
}

func match(text string, forms ...*regexp.Regexp) matched {
	for _, f := range forms {
		if m := f.FindStringSubmatch(text); m != nil {
			return matched{f, m}
		}
	}
	return matched{}
}
