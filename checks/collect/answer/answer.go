// Package answer tells an answer of AWS from what a proxy, a sign-in page or a
// broken gateway sends in its place. Such a thing may come with the status of a
// success and be well-formed, and a client that skips what it does not know then
// sees an empty list. The package knows which members an answer must have; it
// makes no call and judges nothing of what an answer says.
package answer

import (
	"context"
	"errors"
	"reflect"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsmiddleware "github.com/aws/aws-sdk-go-v2/aws/middleware"
	smithy "github.com/aws/smithy-go"
	"github.com/aws/smithy-go/middleware"
)

const middlewareID = "WholeAnswer"

// Guard has every client that is made of a configuration refuse an answer that
// lacks what it must have. A configuration may be guarded twice.
func Guard(cfg aws.Config) aws.Config {
	out := cfg.Copy()
	out.APIOptions = append(append([]func(*middleware.Stack) error{}, out.APIOptions...), guard)
	return out
}

func guard(stack *middleware.Stack) error {
	if _, there := stack.Initialize.Get(middlewareID); there {
		return nil
	}
	return stack.Initialize.Add(middleware.InitializeMiddlewareFunc(middlewareID, func(ctx context.Context, in middleware.InitializeInput, next middleware.InitializeHandler) (middleware.InitializeOutput, middleware.Metadata, error) {
		out, metadata, err := next.HandleInitialize(ctx, in)
		if err == nil {
			id, _ := awsmiddleware.GetRequestIDMetadata(metadata)
			err = Whole(awsmiddleware.GetServiceID(ctx), awsmiddleware.GetOperationName(ctx), out.Result, id)
		}
		return out, metadata, err
	}), middleware.After)
}

// Whole is the error of an answer that cannot be the service's. requestID is
// what the answer says of itself; only a service gives one.
func Whole(service, operation string, output any, requestID string) error {
	value := reflect.Indirect(reflect.ValueOf(output))
	if !reads(service, operation) || value.Kind() != reflect.Struct {
		return nil
	}
	name := service + " " + operation
	if hollow(value) {
		if mayBeEmpty[name] && requestID != "" {
			return nil
		}
		return Lacks("member that is known")
	}
	if path := firstMissing(value, required[name]); path != "" {
		return Lacks(path)
	}
	return nil
}

// Lacks is the error of an answer without a member that it must have.
func Lacks(member string) error {
	return &smithy.DeserializationError{Err: errors.New("the answer holds no " + member)}
}

// reads tells the operations that answer with what was asked for. Those of S3
// answer with headers and objects, and say nothing where nothing is set.
func reads(service, operation string) bool {
	if service == "S3" {
		return operation == "ListBuckets" || operation == "ListObjectsV2"
	}
	for _, verb := range []string{"List", "Describe", "Get", "BatchGet", "Simulate"} {
		if strings.HasPrefix(operation, verb) {
			return true
		}
	}
	return false
}

// hollow tells whether nothing is set, or only where the next page begins. An
// element of a list in which nothing is set is nothing.
func hollow(v reflect.Value) bool {
	for i := range v.NumField() {
		field := v.Type().Field(i)
		if !field.IsExported() || field.Name == "ResultMetadata" || pagination[field.Name] {
			continue
		}
		if set(v.Field(i)) {
			return false
		}
	}
	return true
}

// set tells whether a member was answered. An empty list was.
func set(v reflect.Value) bool {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			if e := reflect.Indirect(v.Index(i)); e.Kind() == reflect.Struct && e.NumField() > 0 && hollow(e) {
				return false
			}
		}
		return !v.IsNil()
	case reflect.Pointer, reflect.Map, reflect.Interface:
		if v.IsNil() {
			return false
		}
		e := reflect.Indirect(v)
		return v.Kind() != reflect.Pointer || e.Kind() != reflect.Struct || e.Type().PkgPath() == "time" || !hollow(e)
	case reflect.Struct:
		return !hollow(v)
	}
	return !v.IsZero()
}

// firstMissing is the first of some paths that leads to nothing. A path goes
// through every element of a list.
func firstMissing(v reflect.Value, paths []string) string {
	for _, path := range paths {
		if !leads(v, strings.Split(path, ".")) {
			return path
		}
	}
	return ""
}

func leads(v reflect.Value, path []string) bool {
	v = reflect.Indirect(v)
	if len(path) == 0 {
		return v.IsValid() && (v.Kind() == reflect.Slice && !v.IsNil() || v.Kind() == reflect.Struct || v.Kind() != reflect.Slice && !v.IsZero() || isNumber(v))
	}
	switch v.Kind() {
	case reflect.Struct:
		return leads(v.FieldByName(path[0]), path[1:])
	case reflect.Slice:
		for i := range v.Len() {
			if !leads(v.Index(i), path) {
				return false
			}
		}
		return !v.IsNil()
	}
	return false
}

// isNumber tells that a member may be zero and was answered.
func isNumber(v reflect.Value) bool { return v.CanInt() || v.CanFloat() }
