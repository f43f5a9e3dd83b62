package diagnose

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/aws/aws-sdk-go-v2/service/cloudformation"

	"github.com/panther-preflight/panther-preflight/checks/collect/stackevents"
	"github.com/panther-preflight/panther-preflight/checks/diagnose/events"
	"github.com/panther-preflight/panther-preflight/checks/safetext"
	"github.com/panther-preflight/panther-preflight/cmd/internal/cli/session"
)

// eventsOf reads the events that the flags name.
func eventsOf(ctx context.Context, a *session.Session, d *diagnoseFlags) ([]events.Event, error) {
	switch {
	case len(d.events) > 0:
		return savedEvents(ctx, d.events, d.timeout)
	case d.stackName != "":
		return liveEvents(ctx, a, d)
	}
	return nil, session.Usage(errors.New("say what to diagnose: --stack-name, or --events with saved events"))
}

// savedEvents reads files, and every file of a folder: one that holds no events
// is refused by name.
func savedEvents(ctx context.Context, names []string, wait time.Duration) ([]events.Event, error) {
	var all []events.Event
	for _, name := range names {
		files, err := filesIn(ctx, name)
		if err != nil {
			return nil, err
		}
		for _, file := range files {
			text, err := session.ReadInput(ctx, file, wait)
			if err != nil {
				return nil, err
			}
			more, err := events.Read(file, text)
			if err != nil {
				return nil, err
			}
			all = append(all, more...)
		}
	}
	return all, nil
}

// filesIn are the files of a folder, in name order, or the one file.
func filesIn(ctx context.Context, name string) ([]string, error) {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		return []string{name}, nil
	}
	folder, err := session.InputFolder(ctx, name)
	if err != nil {
		return nil, session.Usage(err)
	}
	var files []string
	err = fs.WalkDir(folder, ".", func(path string, entry fs.DirEntry, err error) error {
		hidden := path != "." && entry != nil && entry.Name()[0] == '.'
		switch {
		case err != nil:
			return err
		case hidden && entry.IsDir():
			return fs.SkipDir
		case !hidden && !entry.IsDir():
			file := filepath.Join(name, filepath.FromSlash(path))
			if info, err := folder.Stat(path); err != nil || !info.Mode().IsRegular() {
				return errors.Join(err, fmt.Errorf("%s is no regular file", file))
			}
			files = append(files, file)
		}
		return nil
	})
	if err == nil && len(files) == 0 {
		err = fmt.Errorf("--events: the folder %s has no files", name)
	}
	if err != nil {
		return nil, session.Usage(err)
	}
	return files, nil
}

func liveEvents(ctx context.Context, a *session.Session, d *diagnoseFlags) ([]events.Event, error) {
	ctx, cancel := context.WithTimeout(ctx, d.timeout)
	defer cancel()
	cfg, err := a.AWSFor(ctx, "", "")
	if err != nil {
		return nil, err
	}
	all, faults, err := stackevents.Read(ctx, cloudformation.NewFromConfig(cfg), d.stackName)
	if errors.Is(err, stackevents.ErrNoStack) {
		return nil, session.Usage(err)
	}
	for _, fault := range faults {
		safetext.Fprintf(a.Err, "could not read %s\n", fault)
	}
	return all, session.Undetermined(err)
}
