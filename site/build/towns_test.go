package main

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

func TestTownsThatAMapNames(t *testing.T) {
	row := func(name, others, code, country string, people int) string {
		return strings.Join([]string{"1", name, name, others, "35.951", "39.014", "P", code, country, "", "04", "", "", "", strconv.Itoa(people), "", "", "Asia/Damascus", "2020-01-01"}, "\t")
	}
	from, to := filepath.Join(t.TempDir(), "cities500.txt"), filepath.Join(t.TempDir(), "towns.json")
	rows := []string{
		row("Selm", "", "PPL", "XA", 99_999),
		row("Orvane", "أورفان", "PPL", "XA", 100_000),
		row("Tarn", "", "PPLC", "XA", 900),
		row("Marun", "م رون,مرون,Marun", "PPLA", "SY", 20_000),
		row("Marun East", "", "PPLX", "SY", 900_000),
		row("Vask", "گوران,غوران", "PPLA", "IQ", 300_000),
		"cut\tshort",
	}
	if err := os.WriteFile(from, []byte(strings.Join(rows, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := towns(from, to); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(to)
	if want := `[["Vask",35.95,39.01,"غوران"],["Orvane",35.95,39.01],["Marun",35.95,39.01,"مرون"],["Tarn",35.95,39.01]]`; err != nil || string(text) != want {
		t.Errorf("a map names %s, %v, want %s", text, err, want)
	}
	if err := towns(filepath.Join(t.TempDir(), "none.txt"), to); err == nil {
		t.Error("towns that are missing are no fault")
	}
}
