// Command cairn records who is reported harmed: it collects reports, finds the
// claims in them, links claims to incidents, proposes casualty ranges for a
// person to sign, and adds them up. Its commands are the steps of that walk;
// `cairn --help` lists them.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"os/user"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// The exit statuses.
const (
	done    = 0
	partly  = 1 // something in the input or the archive is wrong, the rest is done
	nothing = 2 // nothing could be done
)

// commands is every command, one a file.
type commands struct {
	Import       importCommand       `cmd:"" help:"Bring reports in and walk them through to proposed assessments."`
	Capture      captureCommand      `cmd:"" help:"Capture pages of the web as they are shown, and walk them through."`
	Watch        watchCommand        `cmd:"" help:"Look at feeds, sitemaps, pages and folders again and again, and take what is new."`
	Scan         scanCommand         `cmd:"" help:"Have words read off photos and scanned pages, marked as a machine's reading."`
	Media        mediaCommand        `cmd:"" help:"Look at pictures and films, find what looks alike, flag what is graphic, make copies with parts unseen."`
	Extract      extractCommand      `cmd:"" help:"Answer documents with their claims (JSON Lines)."`
	Assess       assessCommand       `cmd:"" help:"Answer incidents with casualty ranges and gradings (JSON Lines)."`
	Incidents    incidentsCommand    `cmd:"" help:"Answer documents with the incidents they report and the originals they repeat (JSON Lines)."`
	Total        totalCommand        `cmd:"" help:"Add casualty ranges up."`
	Sign         signCommand         `cmd:"" help:"Sign the newest assessment of an incident."`
	Sources      sourcesCommand      `cmd:"" help:"Show the sources, record what is known of them, or merge them."`
	Translation  translationCommand  `cmd:"" help:"Keep what a document says in another language beside it, with who or what translated it."`
	Narrative    narrativeCommand    `cmd:"" help:"Tell what happened in an incident, in words that cite its claims, and tag it."`
	Coding       codingCommand       `cmd:"" help:"Have documents coded blind by two, and see how far they agree."`
	Judge        judgeCommand        `cmd:"" help:"Merge, split, keep apart or override, and undo any of it."`
	Redo         redoCommand         `cmd:"" help:"Read the archive again with the present extractor, lexicon, places and policy."`
	Publish      publishCommand      `cmd:"" help:"Release what is signed, and write the public pages to a folder."`
	Serve        serveCommand        `cmd:"" help:"Show the record as pages, on this machine."`
	Demo         demoCommand         `cmd:"" help:"Load an invented project, which needs no network, into an empty folder."`
	Verify       verifyCommand       `cmd:"" help:"Check that the archive and the record are as they were written."`
	Log          logCommand          `cmd:"" help:"Show the signed log of acts, and prove that an act is in it or that it has only grown."`
	Stamp        stampCommand        `cmd:"" help:"Have others attest when the log was there: authorities of RFC 3161, calendars of OpenTimestamps."`
	Dossier      dossierCommand      `cmd:"" help:"Write everything behind an incident or a document as one file that proves itself."`
	Custody      custodyCommand      `cmd:"" help:"Show what happened to the evidence of a document since it came, or record it."`
	Remove       removeCommand       `cmd:"" help:"Take the bytes and the text of a document out, under a tombstone that keeps hash, reason and authority."`
	Copy         copyCommand         `cmd:"" help:"Copy the whole record to an empty place of any kind, go on with a copy, or bring one up to date."`
	Archive      archiveCommand      `cmd:"" help:"Show where the archive is and who can read it, draw a key, or have an empty one be encrypted."`
	Export       exportCommand       `cmd:"" help:"Write incidents, documents and claims as files."`
	Estimate     estimateCommand     `cmd:"" help:"Estimate from overlapping lists how many people none of them names."`
	Lists        listsCommand        `cmd:"" help:"Show the lists of victims, what their releases changed, and what wants a person's eyes."`
	Persons      personsCommand      `cmd:"" help:"Link the lists of victims: who is who, what is doubtful, and which lists have whom."`
	Match        matchCommand        `cmd:"" help:"Find which rows of lists of victims are one person."`
	Project      projectCommand      `cmd:"" help:"Print the project, or put the one of a file in its place."`
	Places       placesCommand       `cmd:"" help:"Show the places of the project, bring more in, or find one."`
	Basemap      basemapCommand      `cmd:"" help:"Show what lies under the public maps, or draw borders of your own."`
	Belligerents belligerentsCommand `cmd:"" help:"Show the register of belligerents, or bring some in."`
	Second       secondCommand       `cmd:"" help:"Have a second reader read the record, and count what became of it."`
	Context      contextCommand      `cmd:"" help:"Show what happened around the incidents, or record it: an operation, a change of hands, a blackout."`
	Policies     policiesCommand     `cmd:"" help:"List the conventions of recorders that are built in."`

	Version kong.VersionFlag `help:"Print the version and exit."`
}

// world is what a command meets of the world: its streams, its clock, and who
// runs it.
type world struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	who            string
	terminal       bool // stderr is one
	left           bool // the log was left unsigned
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], here()))
}

func here() *world {
	w := &world{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, now: time.Now, terminal: isTerminal(os.Stderr)}
	if u, err := user.Current(); err == nil {
		w.who = u.Username
	}
	return w
}

// run runs the command that args name and returns the exit status.
func run(ctx context.Context, args []string, w *world) int {
	var c commands
	exit := -1
	parser, err := kong.New(&c, kong.Name("cairn"), kong.Description("Records who is reported harmed, so that every number unrolls to the words behind it."),
		kong.UsageOnError(), kong.Writers(w.stdout, w.stderr), kong.Exit(func(code int) { exit = code }),
		kong.Vars{"version": "cairn " + cairn.Version + "\n" + recorder.Credits}, kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}))
	if err != nil {
		return w.fail(err)
	}
	chosen, err := parser.Parse(args)
	if exit >= 0 { // --help or --version
		return exit
	}
	if err != nil {
		return w.fail(cairn.Hint{Err: err, Hint: "`cairn --help` lists the commands, `cairn COMMAND --help` its flags"})
	}
	chosen.BindTo(ctx, (*context.Context)(nil))
	err = chosen.Run(w)
	var status exitStatus
	if errors.As(err, &status) {
		return int(status)
	}
	if err != nil {
		return w.fail(err)
	}
	if w.left {
		return partly
	}
	return done
}

// unsigned says why the log could not be signed: what was done is done.
func (w *world) unsigned(err error) {
	w.left = true
	w.say(err)
}

// exitStatus ends a command that has said itself what is wrong.
type exitStatus int

// Error writes the status.
func (s exitStatus) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// fail says what went wrong, and what can be done about it where that is known.
func (w *world) fail(err error) int {
	w.say(err)
	return nothing
}

// say writes err and its hint on standard error.
func (w *world) say(err error) {
	fmt.Fprintf(w.stderr, "cairn: %v\n", err)
	var hint cairn.Hint
	if errors.As(err, &hint) {
		fmt.Fprintf(w.stderr, "hint: %s\n", hint.Hint)
	}
}
