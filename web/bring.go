package web

import (
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/recorder"
)

// importView is where files are brought in.
type importView struct {
	Form   form
	Done   *recorder.Summary
	Faults []string
}

func (importView) title() string { return "Import" }

func (s *site) importPage(r *http.Request) (view, error) {
	return importView{Form: s.filled(r, form{Name: "import", Action: "/import", Submit: "Bring it in", Files: true, Fields: []field{
		{Name: "file", Label: "File", Kind: aFile, Hint: "A page, PDF, DOCX, e-mail, plain text, JSON Lines or archive, of at most 60 MB."},
		{Name: "source", Label: "Source", Kind: oneLine, Hint: "Where the file does not say itself."},
		{Name: "published", Label: "Published", Kind: oneLine, Hint: "2031-05-04, where the file does not say itself."},
	}})}, nil
}

// bringIn brings a file in, and shows what became of it.
func (s *site) bringIn(w http.ResponseWriter, r *http.Request) (string, error) {
	var faults correction
	published := faults.date(r.PostForm, "published")
	file, header, err := r.FormFile("file")
	if err != nil || header.Filename == "" {
		faults.fault("file", "Choose a file.")
	}
	if len(faults) > 0 {
		return "", wrong(faults)
	}
	defer file.Close()
	folder, err := os.MkdirTemp("", "cairn-import-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(folder)
	path, err := laid(folder, header.Filename, file)
	if err != nil {
		return "", err
	}
	done := importView{}
	sum, err := s.as(r).Import(r.Context(), []string{path}, cairn.Given{Source: given(r.PostForm, "source"), Published: published},
		recorder.Progress{Fault: func(err error) {
			done.Faults = append(done.Faults, strings.ReplaceAll(err.Error(), folder+string(filepath.Separator), ""))
		}})
	if err != nil {
		return "", err
	}
	if sum.Taken+sum.Again+sum.Problems == 0 && len(done.Faults) > 0 {
		return "", at("file", strings.Join(done.Faults[:min(3, len(done.Faults))], " "))
	}
	page, err := s.importPage(r)
	if err != nil {
		return "", err
	}
	done.Form, done.Done = page.(importView).Form, &sum
	s.write(w, r, http.StatusOK, "import", frame{Here: "import", Title: done.title(), View: done})
	return "", nil
}

// laid lays a file that was sent into a folder, under its own name.
func laid(folder, name string, file multipart.File) (string, error) {
	name = filepath.Base(filepath.Clean("/" + strings.ReplaceAll(name, `\`, "/")))
	if name == "/" || name == "." {
		name = "file"
	}
	path := filepath.Join(folder, name)
	out, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	if _, err := io.Copy(out, file); err != nil {
		out.Close()
		return "", err
	}
	return path, out.Close()
}
