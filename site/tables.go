package site

// What several templates share: rows with the frame of the page that they stand
// on.
type (
	sumRows struct {
		Frame frame
		Head  string
		Rows  []rowOf
	}
	namedRows struct {
		Frame        frame
		Head, Folder string
		Rows         []namedSum
	}
	incidentRows struct {
		Frame frame
		Rows  []rowView
	}
	behindRow struct {
		Frame frame
		Row   rowOf
	}
	quoteRow struct {
		Frame frame
		Quote quoteView
	}
)

func rowsOf(f frame, head string, rows []rowOf) sumRows { return sumRows{f, head, rows} }

func behindOf(f frame, r rowOf) behindRow { return behindRow{f, r} }

func namedOf(f frame, head, folder string, rows []namedSum) namedRows {
	return namedRows{f, head, folder, rows}
}

func tableOf(f frame, rows []rowView) incidentRows { return incidentRows{f, rows} }

func quotedOf(f frame, q quoteView) quoteRow { return quoteRow{f, q} }

// A tellingRow is a text of an incident for a template that needs the frame too.
type tellingRow struct {
	Frame frame
	Told  narrativeView
}

func tellingOf(f frame, n narrativeView) tellingRow { return tellingRow{f, n} }
