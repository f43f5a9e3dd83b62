# METADATA
# scope: package
# title: Backend and proxy have different versions
# description: |
#   Both sides are deployed from the same release, one after the other. A proxy of
#   another version sends requests that the backend does not know. The proxy shows
#   its version with the suffix -china-web-proxy, which does not count.
# related_resources:
# - ref: https://docs.panther.com/system-configuration/self-hosted-deployments
# custom:
#   id: PF-CHN-012
#   severity: error
#   remediation: Bring both sides to the same release.
#   source: "AWS China guide, Deploy Web App: will need to be repeated for each release"
package preflight.china.bridge_versions

skipped contains "the bridge was not looked at: `panther-preflight china status` does it" if not input.bridge.asked

finding contains {
	"subject": sprintf("stack:%s", [proxy.stack]),
	"message": sprintf("the backend is of version %s and the proxy of %s", [_plain(backend.version), _plain(proxy.version)]),
	"expected": _plain(backend.version),
	"found": _plain(proxy.version),
} if {
	some backend in input.bridge.versions
	backend.side == "backend"
	some proxy in input.bridge.versions
	proxy.side == "proxy"
	_plain(backend.version) != _plain(proxy.version)
}

_plain(version) := trim_prefix(trim_suffix(version, "-china-web-proxy"), "v")
