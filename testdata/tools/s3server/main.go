// Command s3server serves one folder as S3 on a loopback address. It is the
// server that the tests of the release commands run against, and a module of
// its own so that none of what it needs reaches the product.
package main

import (
	"context"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/versity/versitygw/backend/meta"
	"github.com/versity/versitygw/backend/posix"
	"github.com/versity/versitygw/embedgw"
)

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "s3server:", err)
		os.Exit(1)
	}
}

func serve() error {
	addr := flag.String("addr", "", "loopback address and port to listen on")
	root := flag.String("root", "", "folder whose sub-folders are the buckets")
	region := flag.String("region", "us-east-1", "region that requests must be signed for")
	cert := flag.String("cert", "", "certificate file; with -key, serve https")
	key := flag.String("key", "", "private key file")
	flag.Parse()

	host, _, err := net.SplitHostPort(*addr)
	if err != nil {
		return fmt.Errorf("read -addr: %w", err)
	}
	if ip := net.ParseIP(host); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("-addr %s is not a loopback address", *addr)
	}
	// The gateway changes into its root, so every path must be absolute.
	paths := []*string{root, cert, key}
	for _, p := range paths {
		if *p == "" {
			continue
		}
		if *p, err = filepath.Abs(*p); err != nil {
			return err
		}
	}
	store, err := posix.New(*root, meta.XattrMeta{}, posix.PosixOpts{ValidateBucketNames: true, Concurrency: 1024})
	if err != nil {
		return fmt.Errorf("open %s: %w", *root, err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	return embedgw.RunVersityGW(ctx, store, &embedgw.Config{
		RootUserAccess:    os.Getenv("S3SERVER_ACCESS_KEY"),
		RootUserSecret:    os.Getenv("S3SERVER_SECRET_KEY"),
		Region:            *region,
		Ports:             []string{*addr},
		CertFile:          *cert,
		KeyFile:           *key,
		MaxConnections:    4096,
		MaxRequests:       4096,
		MultipartMaxParts: 10000,
		KeepAlive:         true,
		Quiet:             true,
	})
}
