// Package simulate is the command simulate.
package simulate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/panther-preflight/panther-preflight/checks/derive/awsdata"
	"github.com/panther-preflight/panther-preflight/checks/iam"
	"github.com/panther-preflight/panther-preflight/checks/iam/cases"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

type simulateFlags struct {
	single     cases.Single
	format     string
	casesFile  string
	scpDir     string
	identity   []string
	boundaries []string
}

// New is the command.
func New(a *session.Session) *cobra.Command {
	var s simulateFlags
	cmd := &cobra.Command{
		Use:   "simulate",
		Short: "Tell whether an action would be denied, and by what",
		Long: `simulate evaluates one request against exported policies, or every case of a
file. It calls nothing. The answer is text on a terminal, and one JSON object a
line on a pipe, with --format json and with --cases.

A context key that is not given is unknown, unless it follows from the request:
the region of the ARN, the principal's ARN, account and type, the resource's
account, and aws:SecureTransport. "--context KEY=" says that a key is absent.
Wildcards in --resource stand for what only deployment decides; "*" stands for
any resource where the action has resource types. A service with one endpoint,
such as IAM, is asked in its own region. A layer whose policies are not given is
left out of the answer.

Exit code: 1 when a request is denied, else 3 when one cannot be told, else 0;
2 when a policy or a case is malformed, or an action is no IAM action.`,
		Example: `  panther-preflight simulate --action s3:CreateBucket --resource 'arn:aws:s3:::panther-*' \
      --principal arn:aws:iam::111122223333:role/PantherDeploymentRole --region eu-west-1 \
      --scp-dir scps
  panther-preflight simulate --action sqs:CreateQueue \
      --resource arn:aws:sqs:eu-west-1:111122223333:q \
      --principal arn:aws:iam::111122223333:user/ops --context aws:SourceIp=192.0.2.7 \
      --identity-policy ops.json
  panther-preflight simulate --cases cases.jsonl`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := s.check(); err != nil {
				return session.Usage(err)
			}
			if s.casesFile != "" {
				return simulateCases(cmd.Context(), a, s.casesFile)
			}
			return simulateSingle(cmd.Context(), a, s)
		},
	}
	f := cmd.Flags()
	f.StringVar(&s.single.Action, "action", "", "the `ACTION`, such as s3:CreateBucket")
	f.StringVar(&s.single.Resource, "resource", "", "the resource's `ARN`, or * for an action without resources")
	f.StringVar(&s.single.Principal, "principal", "", "the `ARN` of the role, session or user, or a service principal")
	f.StringArrayVar(&s.single.Context, "context", nil, "a condition key's `KEY=VALUE`, repeatable")
	f.StringVar(&s.scpDir, "scp-dir", "", "exported organization policies in `DIR`")
	f.StringArrayVar(&s.identity, "identity-policy", nil, "an identity policy in `FILE`, repeatable")
	f.StringArrayVar(&s.boundaries, "boundary", nil, "the permissions boundary in `FILE`")
	f.StringVar(&s.casesFile, "cases", "", "JSON cases in `FILE`, one a line; - reads stdin")
	f.StringVarP(&s.format, "format", "f", "", "text or json (default: text on a terminal, else json)")
	return cmd
}

// check refuses flags that do not make a question.
func (s simulateFlags) check() error {
	given := 0
	for _, value := range []string{s.single.Action, s.single.Resource, s.single.Principal} {
		if value != "" {
			given++
		}
	}
	if s.format != "" && s.format != "text" && s.format != "json" {
		return fmt.Errorf("--format %q is none of text, json", s.format)
	}
	policies := len(s.scpDir) + len(s.identity) + len(s.boundaries) + len(s.single.Context)
	switch {
	case s.casesFile != "" && given+policies > 0:
		return errors.New("--cases holds the whole question: it goes with no other flag of simulate")
	case s.casesFile != "" && s.format == "text":
		return errors.New("--cases is answered with one JSON object a line: --format text does not go with it")
	case s.casesFile == "" && given < 3:
		return errors.New("a request needs --action, --resource and --principal; or give --cases")
	}
	return nil
}

func simulateCases(ctx context.Context, a *session.Session, file string) error {
	from, name := a.In, "stdin"
	if file != "-" {
		text, err := session.ReadInput(ctx, file, 0)
		if err != nil {
			return err
		}
		from, name = bytes.NewReader(text), file
	}
	list, err := cases.Read(name, from)
	if err != nil {
		return session.Usage(err)
	}
	tables, err := awsdata.Open()
	if err != nil {
		return err
	}
	answers := make([]cases.Answer, len(list))
	for i := range list {
		answers[i] = checkedAnswer(tables, name, &list[i])
	}
	if err := cases.Write(a.Out, answers); err != nil {
		return err
	}
	return answered(a, answers)
}

func simulateSingle(ctx context.Context, a *session.Session, s simulateFlags) error {
	policies, err := s.policies(ctx)
	if err != nil {
		return session.Usage(err)
	}
	if s.single.Region = a.Global.Region; s.single.Region == "" {
		s.single.Region = a.Getenv("AWS_REGION")
	}
	if err := complete(a, &s.single); err != nil {
		return err
	}
	request, err := s.single.Request()
	if err != nil {
		return session.Usage(err)
	}
	query, err := iam.NewQuery(request)
	if err != nil {
		return session.Usage(fmt.Errorf("--%w", err))
	}
	if policies.Administrator {
		fmt.Fprintln(a.Err, "panther-preflight: no --identity-policy: the answer does not say whether the principal itself may do it")
	}
	if s.scpDir == "" {
		fmt.Fprintln(a.Err, "panther-preflight: no --scp-dir: the answer does not say whether the organization's policies let it")
	}
	one := cases.Case{Name: s.single.Action, Policies: policies, Query: query}
	answers := []cases.Answer{one.Answer()}
	if s.format == "text" || s.format == "" && a.OutTerminal {
		_, err = io.WriteString(a.Out, simulateText(policies.Explain(query), request))
	} else {
		err = cases.Write(a.Out, answers)
	}
	if err != nil {
		return fmt.Errorf("write the answer: %w", err)
	}
	return answered(a, answers)
}

// answered sets the exit code: a denial is the answer no. Where an answer is an
// error, the rest counts all the same.
func answered(a *session.Session, answers []cases.Answer) error {
	malformed, first := 0, ""
	for i := range answers {
		switch {
		case answers[i].Error != "":
			if malformed++; first == "" {
				first = answers[i].Error
			}
		case answers[i].Decision.Denied():
			a.Exit = session.ExitFinding
		case answers[i].Decision == iam.Unknown && a.Exit == session.ExitOK:
			a.Exit = session.ExitUnknown
		}
	}
	switch malformed {
	case 0:
		return nil
	case 1:
		return session.Usage(fmt.Errorf("%s", first))
	}
	return session.Usage(fmt.Errorf("%s (and %d more bad cases)", first, malformed-1))
}
