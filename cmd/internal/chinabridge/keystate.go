package chinabridge

import (
	"context"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/service/apigateway"
)

// state is a key as it was read.
type state string

const (
	enabled  state = "enabled"
	disabled state = "disabled"
	unread   state = "unknown"
)

func stateOf(on bool) state {
	if on {
		return enabled
	}
	return disabled
}

func (e Ends) keyState(ctx context.Context, id string) state {
	key, err := e.Gateway.GetApiKey(ctx, &apigateway.GetApiKeyInput{ApiKey: &id})
	if err != nil {
		return unread
	}
	return stateOf(key.Enabled)
}

// patch is the command that enables or disables a key.
func (e Ends) patch(key string, on bool) string {
	return fmt.Sprintf("aws apigateway update-api-key --api-key %s --patch-operations op=replace,path=/enabled,value=%t --region %s", key, on, e.ChinaRegion)
}
