package carry

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/panther-preflight/panther-preflight/transform/release"
)

var privateRegistry = regexp.MustCompile(`^([0-9]{12})\.dkr\.ecr\.([a-z0-9-]+)\.(amazonaws\.com(?:\.cn)?)/([^:@]+)(?:[:@](.+))?$`)

// images lists what S3 cannot carry with the commands that carry it: to the
// registry of the account that holds the destination, or the one given, and for
// a folder to a file beside it.
func images(found []release.Image, from, to Side, registry string) []Image {
	list := []Image{}
	for _, i := range found {
		uri := i.URI
		if from.Region != "" {
			uri = strings.NewReplacer("${AWS::Region}", from.Region, "${AWS::URLSuffix}", suffix(from.Region)).Replace(uri)
		}
		image := Image{URI: uri, ReferencedBy: i.At.String(), Commands: []string{"docker pull " + uri}}
		m := privateRegistry.FindStringSubmatch(uri)
		if m != nil {
			image.Commands = []string{login(m[2], fmt.Sprintf("%s.dkr.ecr.%s.%s", m[1], m[2], m[3])), "docker pull " + uri}
		}
		switch {
		case to.local():
			image.Commands = append(image.Commands, fmt.Sprintf("docker save --output %s.tar %s", fileName(uri), uri))
		case m != nil:
			image.Commands = append(image.Commands, push(uri, m, to.Region, registry)...)
		}
		list = append(list, image)
	}
	return list
}

func login(region, registry string) string {
	return fmt.Sprintf("aws ecr get-login-password --region %s | docker login --username AWS --password-stdin %s", region, registry)
}

// fileName is the image's name and tag, as a file may be named.
func fileName(uri string) string {
	return strings.NewReplacer(":", "-", "@", "-", "$", "", "{", "", "}", "").Replace(uri[strings.LastIndexByte(uri, '/')+1:])
}

// push needs the credentials of the destination, and login those of the source.
// The account is asked for when the commands run, so they run as they are.
func push(uri string, m []string, toRegion, registry string) []string {
	repository, tag := m[4], m[5]
	if tag == "" {
		tag = "latest"
	}
	host := fmt.Sprintf("$(aws sts get-caller-identity --query Account --output text --region %s).dkr.ecr.%s.%s", toRegion, toRegion, suffix(toRegion))
	if registry != "" {
		host = strings.TrimSuffix(registry, "/")
	}
	return []string{
		fmt.Sprintf(`REGISTRY="%s"`, host),
		fmt.Sprintf("aws ecr create-repository --region %s --repository-name %s", toRegion, repository),
		login(toRegion, `"$REGISTRY"`),
		fmt.Sprintf(`docker tag %s "$REGISTRY/%s:%s"`, uri, repository, tag),
		fmt.Sprintf(`docker push "$REGISTRY/%s:%s"`, repository, tag),
	}
}

func suffix(region string) string {
	if strings.HasPrefix(region, "cn-") {
		return "amazonaws.com.cn"
	}
	return "amazonaws.com"
}
