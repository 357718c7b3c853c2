package narrate

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/cairn-recorder/cairn"
)

// A tongue is the words of a language. Sentences name what was done and to whom
// apart from one another where the language would bend the words.
type tongue struct {
	tag                  string
	headed               string // {place} {when}
	dated                string // {source} {when}
	said, denied, taken  string // {source} {what} {cite}
	counted, uncounted   string // {n} {who} {harm}
	one                  string // of one person; as counted where empty
	between, from, upTo  string // {min} {max}
	span, day            string // {from} {to}; {d} {m} {y}
	nowhere, never       string
	somebody             string
	months               []string
	monthsAlone          []string // without a day; as months where nil
	harms                map[cairn.Harm]string
	classes, singleClass map[cairn.Class]string
	parties              map[cairn.Strength]string // {party} {cite}
}

// fill puts values into a form, by their names in braces.
func (t *tongue) fill(form string, pairs ...string) string {
	for i := 0; i+1 < len(pairs); i += 2 {
		form = strings.ReplaceAll(form, "{"+pairs[i]+"}", pairs[i+1])
	}
	return form
}

// harmed says how many of whom were harmed how.
func (t *tongue) harmed(r cairn.Range, h cairn.Harm, c cairn.Class) string {
	who := cmp.Or(t.classes[c], t.classes[cairn.UnknownStatus])
	if h == cairn.Damaged {
		who = t.classes[cairn.Buildings]
	}
	if !r.Known() {
		return t.fill(t.uncounted, "who", who, "harm", t.harms[h])
	}
	form := t.counted
	if r == cairn.Exactly(1) && t.one != "" {
		form, who = t.one, cmp.Or(t.singleClass[c], who)
	}
	return t.fill(form, "n", t.figure(r), "who", who, "harm", t.harms[h])
}

func (t *tongue) figure(r cairn.Range) string {
	low, high := strconv.Itoa(r.Min.N), strconv.Itoa(r.Max.N)
	switch {
	case !r.Min.Known:
		return t.fill(t.upTo, "max", high)
	case !r.Max.Known, r.Open && r.Min == r.Max:
		return t.fill(t.from, "min", low)
	case r.Min == r.Max:
		return low
	}
	return t.fill(t.between, "min", low, "max", high)
}

func (t *tongue) date(d cairn.Date) string {
	first := d.First()
	switch d.Precision() {
	case cairn.NoDate:
		return t.never
	case cairn.Year:
		return string(d)
	case cairn.Month:
		months := t.monthsAlone
		if months == nil {
			months = t.months
		}
		return months[first.Month()-1] + " " + strconv.Itoa(first.Year())
	}
	return t.fill(t.day, "d", strconv.Itoa(first.Day()), "m", t.months[first.Month()-1], "y", strconv.Itoa(first.Year()))
}

func (t *tongue) period(p cairn.Period) string {
	switch {
	case p.From == p.To, !p.To.Known():
		return t.date(p.From)
	case !p.From.Known():
		return t.date(p.To)
	}
	return t.fill(t.span, "from", t.date(p.From), "to", t.date(p.To))
}

var tongues = map[string]*tongue{"en": english, "ar": arabic, "es": spanish, "uk": ukrainian, "ru": russian}

var english = &tongue{
	tag: "en", headed: "{place}, {when}.", dated: "{source} ({when})",
	said: "According to {source}, {what} {cite}.", denied: "According to {source}, it is denied that {what} {cite}.", taken: "Taken together, the accounts say that {what} {cite}.",
	counted: "{n} {who} were {harm}", one: "1 {who} was {harm}", uncounted: "{who} were {harm}, with no figure given",
	between: "{min} to {max}", from: "at least {min}", upTo: "up to {max}", span: "{from} to {to}", day: "{d} {m} {y}",
	nowhere: "Place unknown", never: "date unknown", somebody: "a source that is not named",
	months: strings.Fields("January February March April May June July August September October November December"),
	harms: map[cairn.Harm]string{cairn.Killed: "killed", cairn.Injured: "injured", cairn.Casualties: "killed or injured", cairn.Missing: "missing", cairn.Displaced: "displaced",
		cairn.Detained: "detained", cairn.Damaged: "damaged", cairn.Population: "present"},
	classes: map[cairn.Class]string{cairn.Civilian: "civilians", cairn.UnknownStatus: "people", cairn.All: "people", cairn.Child: "children", cairn.Woman: "women", cairn.Man: "men",
		cairn.Journalist: "journalists", cairn.Medic: "medical workers", cairn.AidWorker: "aid workers", cairn.Detainee: "detainees", cairn.DisplacedPerson: "displaced people",
		cairn.Combatant: "combatants", cairn.Buildings: "buildings"},
	singleClass: map[cairn.Class]string{cairn.Civilian: "civilian", cairn.UnknownStatus: "person", cairn.All: "person", cairn.Child: "child", cairn.Woman: "woman", cairn.Man: "man",
		cairn.Journalist: "journalist", cairn.Medic: "medical worker", cairn.AidWorker: "aid worker", cairn.Detainee: "detainee", cairn.DisplacedPerson: "displaced person",
		cairn.Combatant: "combatant", cairn.Buildings: "building", "": "person"},
	parties: map[cairn.Strength]string{cairn.Stated: "{party} is said to be responsible {cite}.", cairn.Accused: "{party} is accused {cite}.", cairn.Admitted: "{party} is said to have admitted it {cite}.",
		cairn.Denied: "{party} denies it, or is said not to be responsible {cite}.", cairn.Possible: "{party} is possibly responsible {cite}."},
}

var arabic = &tongue{
	tag: "ar", headed: "{place}، {when}.", dated: "{source} ({when})",
	said: "بحسب {source}: {what} {cite}.", denied: "نفيٌ ورد لدى {source}: {what} {cite}.", taken: "مجمل الروايات: {what} {cite}.",
	counted: "{harm}: {n} ({who})", uncounted: "{harm} ({who})، من دون ذكر عدد",
	between: "من {min} إلى {max}", from: "{min} على الأقل", upTo: "حتى {max}", span: "من {from} إلى {to}", day: "{d} {m} {y}",
	nowhere: "المكان غير معروف", never: "التاريخ غير معروف", somebody: "مصدر لم يُذكر",
	months: []string{"كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو", "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر"},
	harms: map[cairn.Harm]string{cairn.Killed: "قتلى", cairn.Injured: "جرحى", cairn.Casualties: "قتلى أو جرحى", cairn.Missing: "مفقودون", cairn.Displaced: "نازحون",
		cairn.Detained: "معتقلون", cairn.Damaged: "أضرار", cairn.Population: "موجودون"},
	classes: map[cairn.Class]string{cairn.Civilian: "مدنيون", cairn.UnknownStatus: "أشخاص لم تُذكر صفتهم", cairn.All: "أشخاص على اختلاف صفاتهم", cairn.Child: "أطفال", cairn.Woman: "نساء", cairn.Man: "رجال",
		cairn.Journalist: "صحفيون", cairn.Medic: "عاملون في الصحة", cairn.AidWorker: "عاملون في الإغاثة", cairn.Detainee: "محتجزون", cairn.DisplacedPerson: "نازحون",
		cairn.Combatant: "مقاتلون", cairn.Buildings: "مبانٍ"},
	parties: map[cairn.Strength]string{cairn.Stated: "الجهة التي يُقال إنها مسؤولة: {party} {cite}.", cairn.Accused: "الجهة المتهمة: {party} {cite}.", cairn.Admitted: "الجهة التي يُقال إنها أقرّت: {party} {cite}.",
		cairn.Denied: "جهة تنفي أو يُقال إنها غير مسؤولة: {party} {cite}.", cairn.Possible: "جهة يُحتمل أنها مسؤولة: {party} {cite}."},
}

var spanish = &tongue{
	tag: "es", headed: "{place}, {when}.", dated: "{source} ({when})",
	said: "Según {source}: {what} {cite}.", denied: "Desmentido, según {source}: {what} {cite}.", taken: "En conjunto, los relatos dan: {what} {cite}.",
	counted: "{harm}: {n} ({who})", uncounted: "{harm} ({who}), sin cifra",
	between: "entre {min} y {max}", from: "al menos {min}", upTo: "hasta {max}", span: "del {from} al {to}", day: "{d} de {m} de {y}",
	nowhere: "Lugar desconocido", never: "fecha desconocida", somebody: "una fuente no nombrada",
	months: strings.Fields("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
	harms: map[cairn.Harm]string{cairn.Killed: "personas muertas", cairn.Injured: "personas heridas", cairn.Casualties: "personas muertas o heridas", cairn.Missing: "personas desaparecidas",
		cairn.Displaced: "personas desplazadas", cairn.Detained: "personas detenidas", cairn.Damaged: "daños", cairn.Population: "personas presentes"},
	classes: map[cairn.Class]string{cairn.Civilian: "civiles", cairn.UnknownStatus: "condición no indicada", cairn.All: "de cualquier condición", cairn.Child: "menores", cairn.Woman: "mujeres", cairn.Man: "hombres",
		cairn.Journalist: "periodistas", cairn.Medic: "personal sanitario", cairn.AidWorker: "personal humanitario", cairn.Detainee: "personas detenidas", cairn.DisplacedPerson: "personas desplazadas",
		cairn.Combatant: "combatientes", cairn.Buildings: "edificios"},
	parties: map[cairn.Strength]string{cairn.Stated: "Se señala como responsable a: {party} {cite}.", cairn.Accused: "Acusado: {party} {cite}.", cairn.Admitted: "Según se informa, lo admite: {party} {cite}.",
		cairn.Denied: "Lo niega, o se dice que no es responsable: {party} {cite}.", cairn.Possible: "Posible responsable: {party} {cite}."},
}

var ukrainian = &tongue{
	tag: "uk", headed: "{place}, {when}.", dated: "{source} ({when})",
	said: "Джерело {source}: {what} {cite}.", denied: "Джерело {source}, заперечення: {what} {cite}.", taken: "За всіма повідомленнями разом: {what} {cite}.",
	counted: "{harm} — {n} ({who})", uncounted: "{harm} ({who}), кількість не вказано",
	between: "від {min} до {max}", from: "щонайменше {min}", upTo: "до {max}", span: "{from} — {to}", day: "{d} {m} {y} року",
	nowhere: "Місце невідоме", never: "дата невідома", somebody: "не назване",
	months:      strings.Fields("січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня"),
	monthsAlone: strings.Fields("січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень"),
	harms: map[cairn.Harm]string{cairn.Killed: "загиблі", cairn.Injured: "поранені", cairn.Casualties: "загиблі або поранені", cairn.Missing: "зниклі безвісти", cairn.Displaced: "переміщені",
		cairn.Detained: "затримані", cairn.Damaged: "пошкодження", cairn.Population: "присутні"},
	classes: map[cairn.Class]string{cairn.Civilian: "цивільні", cairn.UnknownStatus: "статус не вказано", cairn.All: "люди будь-якого статусу", cairn.Child: "діти", cairn.Woman: "жінки", cairn.Man: "чоловіки",
		cairn.Journalist: "журналісти", cairn.Medic: "медики", cairn.AidWorker: "гуманітарні працівники", cairn.Detainee: "затримані", cairn.DisplacedPerson: "переміщені особи",
		cairn.Combatant: "учасники бойових дій", cairn.Buildings: "будівлі"},
	parties: map[cairn.Strength]string{cairn.Stated: "Відповідальною названо сторону: {party} {cite}.", cairn.Accused: "Звинувачують: {party} {cite}.", cairn.Admitted: "За повідомленням, визнає: {party} {cite}.",
		cairn.Denied: "Заперечує або, як сказано, не відповідає: {party} {cite}.", cairn.Possible: "Можливо, відповідає: {party} {cite}."},
}

var russian = &tongue{
	tag: "ru", headed: "{place}, {when}.", dated: "{source} ({when})",
	said: "Источник {source}: {what} {cite}.", denied: "Источник {source}, опровержение: {what} {cite}.", taken: "По всем сообщениям вместе: {what} {cite}.",
	counted: "{harm} — {n} ({who})", uncounted: "{harm} ({who}), число не указано",
	between: "от {min} до {max}", from: "не менее {min}", upTo: "до {max}", span: "{from} — {to}", day: "{d} {m} {y} года",
	nowhere: "Место неизвестно", never: "дата неизвестна", somebody: "не назван",
	months:      strings.Fields("января февраля марта апреля мая июня июля августа сентября октября ноября декабря"),
	monthsAlone: strings.Fields("январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь"),
	harms: map[cairn.Harm]string{cairn.Killed: "погибшие", cairn.Injured: "раненые", cairn.Casualties: "погибшие или раненые", cairn.Missing: "пропавшие без вести", cairn.Displaced: "перемещённые",
		cairn.Detained: "задержанные", cairn.Damaged: "повреждения", cairn.Population: "присутствующие"},
	classes: map[cairn.Class]string{cairn.Civilian: "гражданские", cairn.UnknownStatus: "статус не указан", cairn.All: "люди любого статуса", cairn.Child: "дети", cairn.Woman: "женщины", cairn.Man: "мужчины",
		cairn.Journalist: "журналисты", cairn.Medic: "медики", cairn.AidWorker: "гуманитарные работники", cairn.Detainee: "задержанные", cairn.DisplacedPerson: "перемещённые лица",
		cairn.Combatant: "участники боевых действий", cairn.Buildings: "здания"},
	parties: map[cairn.Strength]string{cairn.Stated: "Ответственной названа сторона: {party} {cite}.", cairn.Accused: "Обвиняют: {party} {cite}.", cairn.Admitted: "По сообщениям, признаёт: {party} {cite}.",
		cairn.Denied: "Отрицает или, как сказано, не отвечает: {party} {cite}.", cairn.Possible: "Возможно, отвечает: {party} {cite}."},
}
