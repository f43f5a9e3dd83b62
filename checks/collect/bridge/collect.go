package bridge

import (
	"context"
	"slices"
	"time"

	"github.com/panther-preflight/panther-preflight/checks"
	"github.com/panther-preflight/panther-preflight/checks/collect/deployment"
	"github.com/panther-preflight/panther-preflight/internal/parallel"
)

// Collect fills the facts of the bridge. What cannot be read becomes a gap.
func Collect(ctx context.Context, c Clients, f *checks.Facts) {
	b := &f.Bridge
	b.Asked, b.ChinaRegion, b.ProxyRegion = true, c.ChinaRegion, c.ProxyRegion
	var (
		wait                  parallel.Group
		gateways              []Gateway
		stored                Stored
		backend, proxy        deployment.Deployment
		gatewayErr, secretErr error
		backendErr, proxyErr  error
	)
	wait.Go(func() { gateways, gatewayErr = Gateways(ctx, c.Gateway) })
	wait.Go(func() { stored, secretErr = Secret(ctx, c.Secrets, c.SecretID) })
	wait.Go(func() { backend, backendErr = deployment.Read(ctx, c.Backend, c.BackendStack) })
	wait.Go(func() { proxy, proxyErr = deployment.Read(ctx, c.Proxy, c.ProxyStack) })
	wait.Wait()

	if gatewayErr != nil {
		f.AddGap("bridge.gateways", reason(gatewayErr), action(gatewayErr, "apigateway:GET"))
		f.AddGap("bridge.keys", reason(gatewayErr), action(gatewayErr, "apigateway:GET"))
	} else {
		gatewayFacts(f, gateways, stored, secretErr == nil)
	}
	if secretErr != nil {
		f.AddGap("bridge.secrets", reason(secretErr), secretAction(secretErr))
		f.AddGap("bridge.probes", "the secret could not be read: "+reason(secretErr), secretAction(secretErr))
	} else {
		listed := gatewayErr == nil || len(gateways) > 0
		address, state := Prove(stored.URL, gateways, listed, c.ChinaRegion)
		b.Secrets = []checks.BridgeSecret{secretFact(stored, state)}
		switch {
		case !listed:
			f.AddGap("bridge.probes", "the gateways could not be listed, and the key is sent to no other host: "+reason(gatewayErr), action(gatewayErr, "apigateway:GET"))
		case state == checks.URLGateway && stored.Sendable():
			b.Probes = []checks.BridgeProbe{Probe(ctx, c.HTTP, address, stored.Key)}
		}
	}
	switch b.BackendUpdated = stamp(backend.Updated); {
	case backendErr != nil:
		f.AddGap("bridge.backend_updated", "backend: "+reason(backendErr), action(backendErr, "cloudformation:DescribeStacks"))
	case b.BackendUpdated == "":
		f.AddGap("bridge.backend_updated", "backend: the stack has no time of its last update", "")
	}
	for _, side := range []struct {
		name string
		deployment.Deployment
		err error
	}{{checks.SideBackend, backend, backendErr}, {checks.SideProxy, proxy, proxyErr}} {
		if side.err != nil {
			f.AddGap("bridge.versions", side.name+": "+reason(side.err), action(side.err, "cloudformation:DescribeStacks"))
			continue
		}
		b.Versions = append(b.Versions, checks.BridgeVersion{Side: side.name, Stack: side.Stack, Version: side.Version})
	}
}

func secretFact(s Stored, address string) checks.BridgeSecret {
	fact := checks.BridgeSecret{
		ID: s.ID, Exists: s.Exists, Deleting: s.Deleting, HasValue: s.Exists && !s.Deleting && !s.Valueless,
		JSON: s.IsJSON, HasURL: !s.URL.Empty(), HasKey: !s.Key.Empty(), Key: keyState(s.Key),
	}
	if fact.HasURL {
		fact.URL = address
	}
	return fact
}

func gatewayFacts(f *checks.Facts, gateways []Gateway, stored Stored, known bool) {
	b := &f.Bridge
	for _, g := range gateways {
		fact := checks.BridgeGateway{ID: g.ID, Name: g.Name, Stages: g.Stages}
		for _, p := range g.Plans {
			plan := checks.BridgePlan{ID: p.ID, Name: p.Name, Stage: p.Stage}
			for _, k := range p.Keys {
				if k.Enabled {
					plan.Enabled++
				}
				if k.Unread != nil {
					plan.Unread++
				}
				if p.Stage != Stage {
					continue // it opens another stage, not the bridge
				}
				fact := checks.BridgeKey{
					ID: k.ID, Name: k.Name, Plan: p.ID, Gateway: g.ID, Enabled: k.Enabled, Created: stamp(k.Created),
					InSecret: inSecret(k, stored, known),
				}
				if k.Unread != nil {
					gap := checks.Gap{Fact: "bridge.keys[" + k.ID + "]", Reason: reason(k.Unread), Action: action(k.Unread, "apigateway:GET"), Told: true}
					fact.Unread = gap.Why()
					if !slices.Contains(f.Gaps, gap) { // two plans may have the key
						f.Gaps = append(f.Gaps, gap)
					}
				}
				b.Keys = append(b.Keys, fact)
			}
			fact.Plans = append(fact.Plans, plan)
		}
		b.Gateways = append(b.Gateways, fact)
	}
}

// inSecret compares keys. Neither is part of the answer.
func inSecret(k Key, stored Stored, known bool) string {
	switch {
	case !known, k.Value.Empty():
		return checks.HoldsUnknown
	case !stored.Key.Empty() && k.Value.Equal(stored.Key):
		return checks.HoldsYes
	}
	return checks.HoldsNo
}

func stamp(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339)
}
