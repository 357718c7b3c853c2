package recorder

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/cairn-recorder/cairn"
	"github.com/cairn-recorder/cairn/collect"
	"github.com/cairn-recorder/cairn/dossier"
	"github.com/cairn-recorder/cairn/ledger"
)

func dossierOf(t testing.TB, r *Recorder, id string, audience dossier.Audience) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := r.Dossier(ctx, id, audience, &out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func checked(file []byte, known string) (dossier.Checked, []string) {
	var faults []string
	c := dossier.Check(bytes.NewReader(file), int64(len(file)), dossier.Known{Key: known}, func(f ledger.Finding) { faults = append(faults, Fault(f).String()) })
	return c, faults
}

func TestADossierProvesItself(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		if _, err := r.Sign(ctx, "T1", "checked"); err != nil {
			t.Fatal(err)
		}
		for _, id := range []string{"T1", "wire"} {
			for _, audience := range []dossier.Audience{dossier.Staff, dossier.Court, dossier.Public} {
				file := dossierOf(t, r, id, audience)
				if again := dossierOf(t, r, id, audience); !bytes.Equal(file, again) {
					t.Errorf("%s for %s: the same record gives other bytes", id, audience)
				}
				key, err := r.PublicKey()
				if err != nil {
					t.Fatal(err)
				}
				c, faults := checked(file, key)
				if len(faults) > 0 || c.Rows == 0 && c.Withheld == 0 || c.Checkpoint.Size != c.Contents.Acts {
					t.Errorf("%s for %s: %+v, faults %v", id, audience, c.Rows, faults)
				}
				if words := strings.Join(c.Words(), "\n"); !strings.Contains(words, "Proved: the key is the one that you gave.") {
					t.Errorf("%s for %s: %s", id, audience, words)
				}
				if audience == dossier.Public && (c.Originals > 0 || c.Withheld == 0) {
					t.Errorf("%s for the public: %d originals, %d withheld", id, c.Originals, c.Withheld)
				}
			}
		}
		if err := r.Dossier(ctx, "T99", dossier.Staff, &bytes.Buffer{}); err == nil {
			t.Error("a dossier of what is not there was written")
		} else {
			wantInvalid(t, err, "no code of an incident")
		}
	})
}

// TestADossierForThePublicNamesNobody looks for what must not reach a reader in
// every file of a dossier.
func TestADossierForThePublicNamesNobody(t *testing.T) {
	r := local(t)
	bring(t, r, `{"id":"r1","source":"Tarn Wire","published":"2031-05-04","language":"en","text":"Seven people were killed in an airstrike on Orvane on 3 May 2031, among them Velimira Ostrand, 34, a teacher, the mayor said."}`)
	if _, err := r.Sign(ctx, "T1", "checked by hand"); err != nil {
		t.Fatal(err)
	}
	private := []string{"Ostrand", "Velimira", "Ana", "checked by hand", "reports.jsonl"}
	for audience, want := range map[dossier.Audience]bool{dossier.Staff: true, dossier.Public: false} {
		file := string(dossierOf(t, r, "T1", audience))
		for _, name := range private {
			if got := strings.Contains(file, name); got != want {
				t.Errorf("%q in a dossier for %s: %t", name, audience, got)
			}
		}
	}
}

// TestWhatIsPrivateInAReceiptIsForStaff takes in a report with what its container
// says in private, takes another out for a reason that names somebody, and looks
// for both.
func TestWhatIsPrivateInAReceiptIsForStaff(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	const text = `{"id":"r1","source":"Tarn Wire","published":"2031-05-04","language":"en","text":"Seven people were killed in an airstrike on Orvane on 3 May 2031."}`
	receipt := cairn.Receipt{From: "export.zip", How: "zip", At: noon, Who: "Ana", Outcome: cairn.Fetched,
		Private: map[string]string{"author": "Corvin Halde", "exif.lat": "40.123456", "exif.BodySerialNumber": "SN-77-4211"}}
	if _, err := r.Take(ctx, collect.Item{Receipt: receipt, Bytes: []byte(text)}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Remove(ctx, "wire", "asked for by Imre Salk, a brother", "Court of Orvane, order 7"); err != nil {
		t.Fatal(err)
	}
	for audience, want := range map[dossier.Audience]bool{dossier.Staff: true, dossier.Public: false} {
		file := string(dossierOf(t, r, "T1", audience))
		for _, private := range []string{"Corvin Halde", "40.123456", "SN-77-4211", "Imre Salk", "order 7"} {
			if got := strings.Contains(file, private); got != want {
				t.Errorf("%q in a dossier for %s: %t", private, audience, got)
			}
		}
	}
}

// TestEveryBitOfADossierIsHeld changes a dossier in every way there is, and wants
// each to be found.
func TestEveryBitOfADossierIsHeld(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	file := dossierOf(t, r, "T1", dossier.Staff)
	step := max(1, len(file)/700)
	for at := 0; at < len(file); at += step {
		spoilt := bytes.Clone(file)
		spoilt[at] ^= 1 << (at % 8)
		if _, faults := checked(spoilt, ""); len(faults) == 0 {
			t.Errorf("bit %d of byte %d of %d was changed, and nothing is said of it", at%8, at, len(file))
		}
	}
	for at := 0; at < len(file); at += step {
		if _, faults := checked(file[:at], ""); len(faults) == 0 {
			t.Errorf("cut off at byte %d of %d, and nothing is said of it", at, len(file))
		}
	}
	for _, more := range []string{"x", "\x00", string(file)} {
		if _, faults := checked(append(bytes.Clone(file), more...), ""); len(faults) == 0 {
			t.Errorf("%d bytes were added, and nothing is said of it", len(more))
		}
	}
	other := local(t)
	bring(t, other, reports)
	if _, err := other.PublicKey(); err == nil {
		t.Fatal("a record that was not signed has a key")
	}
	if err := other.Seal(ctx); err != nil {
		t.Fatal(err)
	}
	key, err := other.PublicKey()
	if err != nil {
		t.Fatal(err)
	}
	if _, faults := checked(file, key); len(faults) != 1 || !strings.Contains(faults[0], "log/key") {
		t.Errorf("with the key of another record: %v", faults)
	}
}

func TestWhatIsTakenOutLeavesATombstone(t *testing.T) {
	each(t, func(t *testing.T, r *Recorder) {
		bring(t, r, reports)
		before := sums(t, r, Query{})
		wire, err := r.View().Document(ctx, "wire")
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.Remove(ctx, "wire", "", "a court"); err == nil {
			t.Error("taken out without a reason")
		}
		for range 2 { // the second ends what a kill may have left
			tomb, err := r.Remove(ctx, "wire", "asked for by the family", "Court of Orvane, order 7")
			if err != nil || tomb.Ref != wire.Ref || tomb.Who != "Ana" {
				t.Fatalf("%+v, %v", tomb, err)
			}
		}
		verified, err := r.Verify(ctx, func(f Fault) { t.Errorf("after a removal: %s", f) })
		if err != nil || verified.Tombstones != 1 {
			t.Errorf("%+v, %v", verified, err)
		}
		if after := sums(t, r, Query{}); after != before {
			t.Errorf("the totals moved from %s to %s", before, after)
		}
		if all := everything(t, r); strings.Contains(all, "Seven people") || strings.Contains(all, "the mayor said") {
			t.Error("what the document said still stands in the record")
		}
		chain, err := CustodyOf(ctx, r.View(), "wire")
		if err != nil || len(chain) != 1 || chain[0].What != cairn.Disposed || chain[0].Authority != "Court of Orvane, order 7" {
			t.Errorf("%+v, %v", chain, err)
		}
		if _, err := r.Redo(ctx, false, Progress{}); err != nil {
			t.Errorf("redo after a removal: %v", err)
		}
		sum, err := r.Import(ctx, []string{file(t, "again.jsonl", reports)}, cairn.Given{}, Progress{})
		if err != nil || sum.Problems != 1 || r.Originals().Has(wire.Ref) {
			t.Errorf("taken in again: %+v, %v", sum, err)
		}
		if _, err := r.Verify(ctx, func(f Fault) { t.Errorf("after all of it: %s", f) }); err != nil {
			t.Error(err)
		}
		c, found := checked(dossierOf(t, r, "T1", dossier.Staff), "")
		if len(found) > 0 || !strings.Contains(asJSON(t, c.Contents.Withheld), "order 7") {
			t.Errorf("its dossier: %v, %s", found, asJSON(t, c.Contents.Withheld))
		}
		tampered := newVandal(t, r, 1)
		tampered.exec(`UPDATE cuts SET authority = 'nobody'`)
		if got := faults(t, r); !strings.Contains(got, "altered cuts ") {
			t.Errorf("the authority of a tombstone was changed: %s", got)
		}
	})
}

func TestARecordThatWasTakenBackIsFound(t *testing.T) {
	r := local(t)
	bring(t, r, reports)
	if err := r.Seal(ctx); err != nil {
		t.Fatal(err)
	}
	early, err := r.Checkpoint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := r.Sign(ctx, "T1", ""); err != nil {
		t.Fatal(err)
	}
	if err := r.Seal(ctx); err != nil {
		t.Fatal(err)
	}
	late, err := r.Checkpoint(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, known := range [][]byte{nil, early, late} {
		if _, err := Verify(ctx, r.settings, known, func(f Fault) { t.Errorf("%s", f) }); err != nil {
			t.Fatal(err)
		}
	}
	act, err := r.View().LastAct(ctx)
	if err != nil {
		t.Fatal(err)
	}
	proof, err := r.ProveGrowth(ctx, act-1)
	if err != nil || len(proof.Path) == 0 || json.Unmarshal([]byte(asJSON(t, proof)), &proof) != nil {
		t.Errorf("%+v, %v", proof, err)
	}
	v := newVandal(t, r, 1)
	v.exec(fmt.Sprintf(`DELETE FROM leaves WHERE act = %d`, act))
	v.exec(fmt.Sprintf(`DELETE FROM acts WHERE number = %d`, act))
	v.exec(fmt.Sprintf(`DELETE FROM checkpoints WHERE size = %d`, act))
	v.exec(`DELETE FROM judgements`)
	v.exec(`DELETE FROM judgement_incidents`)
	v.exec(fmt.Sprintf(`DELETE FROM hashes WHERE n >= %d`, tlog.StoredHashCount(int64(act-1))))
	got := faults(t, r)
	if !strings.Contains(got, fmt.Sprintf("missing acts %d-%[1]d log/%012[1]d.checkpoint was signed when there were %[1]d", act)) {
		t.Errorf("the last act was taken back:\n%s", got)
	}
}
