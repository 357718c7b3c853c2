package extract

import "github.com/cairn-recorder/cairn"

// invented is the places and parties of the marked reports and of the gold
// set. None of them exists.
var invented = Pack{
	Places: []cairn.Place{
		{ID: "project:1", Name: "Tel Marun", Names: map[string]string{"ar": "تل مرون", "uk": "Тель-Марун", "ru": "Тель-Марун"}, Country: "ZZ", Accuracy: cairn.City, Point: &cairn.Point{Lat: 1, Lon: 2}, Zone: "Asia/Damascus", Within: []string{"project:3", "project:4"}},
		{ID: "project:2", Name: "Qasr Sahil", Names: map[string]string{"ar": "قصر ساحل", "uk": "Каср-Сахіль", "ru": "Каср-Сахиль"}, Country: "ZZ", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 1.1, Lon: 2.1}, Zone: "Asia/Damascus", Within: []string{"project:3", "project:4"}},
		{ID: "project:3", Name: "Sahilan Governorate", Names: map[string]string{"ar": "محافظة ساحلان", "en": "Sahilan", "uk": "провінція Сахілан", "ru": "провинция Сахилан"}, Country: "ZZ", Accuracy: cairn.Admin1, Point: &cairn.Point{Lat: 1.05, Lon: 2.05}, Zone: "Asia/Damascus", Within: []string{"project:4"}},
		{ID: "project:4", Name: "Marunia", Names: map[string]string{"ar": "مرونيا", "uk": "Марунія", "ru": "Маруния"}, Country: "ZZ", Accuracy: cairn.Country, Point: &cairn.Point{Lat: 1, Lon: 2}, Zone: "Asia/Damascus"},
		{ID: "project:5", Name: "Sawaqi neighbourhood", Names: map[string]string{"ar": "حي السواقي", "en": "Sawaqi"}, Country: "ZZ", Accuracy: cairn.Neighbourhood, Point: &cairn.Point{Lat: 1.01, Lon: 2.01}, Zone: "Asia/Damascus", Within: []string{"project:1", "project:3", "project:4"}},
		{ID: "project:6", Name: "Ain Sarha", Names: map[string]string{"ar": "عين سرحة", "uk": "Айн-Сарха", "ru": "Айн-Сарха"}, Country: "ZZ", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 1.2, Lon: 2.2}, Zone: "Asia/Damascus", Within: []string{"project:3", "project:4"}},
		{ID: "project:7", Name: "Kafr Mandur", Names: map[string]string{"ar": "كفر مندور"}, Country: "ZZ", Accuracy: cairn.Town, Point: &cairn.Point{Lat: 1.3, Lon: 2.1}, Zone: "Asia/Damascus", Within: []string{"project:3", "project:4"}},
		{ID: "project:8", Name: "Rumaniya camp", Names: map[string]string{"ar": "مخيم الرمانية", "en": "Rumaniya"}, Country: "ZZ", Accuracy: cairn.Neighbourhood, Point: &cairn.Point{Lat: 1.02, Lon: 2.03}, Zone: "Asia/Damascus", Within: []string{"project:1", "project:3", "project:4"}},
		{ID: "project:9", Name: "Puerto Olvedo", Names: map[string]string{"es": "Puerto Olvedo", "ar": "بويرتو أولفيدو"}, Country: "ZZ", Accuracy: cairn.City, Point: &cairn.Point{Lat: 3, Lon: -70}, Zone: "America/Bogota", Within: []string{"project:12"}},
		{ID: "project:10", Name: "San Jacobo del Llano", Names: map[string]string{"es": "San Jacobo del Llano", "en": "San Jacobo"}, Country: "ZZ", Accuracy: cairn.Town, Point: &cairn.Point{Lat: 3.1, Lon: -70.1}, Zone: "America/Bogota", Within: []string{"project:12"}},
		{ID: "project:11", Name: "La Esperada", Names: map[string]string{"es": "La Esperada"}, Country: "ZZ", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 3.2, Lon: -70.2}, Zone: "America/Bogota", Within: []string{"project:12"}},
		{ID: "project:12", Name: "Alto Sarrío", Names: map[string]string{"es": "Alto Sarrío"}, Country: "ZZ", Accuracy: cairn.Admin1, Point: &cairn.Point{Lat: 3.1, Lon: -70.1}, Zone: "America/Bogota"},
		{ID: "project:13", Name: "Las Acequiuelas", Names: map[string]string{"es": "Las Acequiuelas"}, Country: "ZZ", Accuracy: cairn.Neighbourhood, Point: &cairn.Point{Lat: 3.01, Lon: -70.01}, Zone: "America/Bogota", Within: []string{"project:9", "project:12"}},
		{ID: "project:14", Name: "Dellmoorby", Names: map[string]string{"uk": "Деллмурбі", "ru": "Деллмурби"}, Country: "ZZ", Accuracy: cairn.Town, Point: &cairn.Point{Lat: 5, Lon: 7}, Zone: "Europe/London"},
		{ID: "project:20", Name: "Marevsk", Names: map[string]string{"uk": "Маревськ", "ru": "Маревск"}, Country: "ZZ", Accuracy: cairn.City, Point: &cairn.Point{Lat: 51, Lon: 33}, Zone: "Europe/Kyiv", Within: []string{"project:28"}},
		{ID: "project:21", Name: "Stozhariv", Names: map[string]string{"uk": "Стожарів", "ru": "Стожаров"}, Country: "ZZ", Accuracy: cairn.Town, Point: &cairn.Point{Lat: 51.2, Lon: 33.3}, Zone: "Europe/Kyiv", Within: []string{"project:29", "project:28"}},
		{ID: "project:22", Name: "Lebedytsia", Names: map[string]string{"uk": "Лебедиця", "ru": "Лебедица"}, Country: "ZZ", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 51.3, Lon: 33.2}, Zone: "Europe/Kyiv", Within: []string{"project:29", "project:28"}},
		{ID: "project:23", Name: "Polynivka", Names: map[string]string{"uk": "Полинівка", "ru": "Полыновка"}, Country: "ZZ", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 51.4, Lon: 33.1}, Zone: "Europe/Kyiv", Within: []string{"project:28"}},
		{ID: "project:24", Name: "Hartove", Names: map[string]string{"uk": "Гартове", "ru": "Гартовое"}, Country: "ZZ", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 51.1, Lon: 33.4}, Zone: "Europe/Kyiv", Within: []string{"project:28"}},
		{ID: "project:25", Name: "Ternohory", Names: map[string]string{"uk": "Терногори", "ru": "Терногоры"}, Country: "ZZ", Accuracy: cairn.Town, Point: &cairn.Point{Lat: 51.5, Lon: 33.5}, Zone: "Europe/Kyiv", Within: []string{"project:28"}},
		{ID: "project:26", Name: "Synobrid", Names: map[string]string{"uk": "Синьобрід", "ru": "Синеброд"}, Country: "ZZ", Accuracy: cairn.Village, Point: &cairn.Point{Lat: 51.6, Lon: 33.1}, Zone: "Europe/Kyiv", Within: []string{"project:28"}},
		{ID: "project:27", Name: "Nova Siveran", Names: map[string]string{"uk": "Нова Сіверань", "ru": "Новая Северань"}, Country: "ZZ", Accuracy: cairn.Town, Point: &cairn.Point{Lat: 51.7, Lon: 33.3}, Zone: "Europe/Kyiv", Within: []string{"project:28"}},
		{ID: "project:28", Name: "Marevsk Oblast", Names: map[string]string{"uk": "Маревська область", "ru": "Маревская область"}, Country: "ZZ", Accuracy: cairn.Admin1, Point: &cairn.Point{Lat: 51.3, Lon: 33.2}, Zone: "Europe/Kyiv"},
		{ID: "project:29", Name: "Stozhariv Raion", Names: map[string]string{"uk": "Стожарівський район", "ru": "Стожаровский район"}, Country: "ZZ", Accuracy: cairn.District, Point: &cairn.Point{Lat: 51.25, Lon: 33.25}, Zone: "Europe/Kyiv", Within: []string{"project:28"}},
		{ID: "project:30", Name: "Kovalska Sloboda", Names: map[string]string{"uk": "Ковальська Слобода", "ru": "Кузнечная Слобода"}, Country: "ZZ", Accuracy: cairn.Neighbourhood, Point: &cairn.Point{Lat: 51.01, Lon: 33.01}, Zone: "Europe/Kyiv", Within: []string{"project:20", "project:28"}},
		{ID: "project:15", Name: "Korvath", Names: map[string]string{"uk": "Корват", "ru": "Корват"}, Country: "ZZ", Accuracy: cairn.City, Point: &cairn.Point{Lat: 5.1, Lon: 7.1}, Zone: "Europe/London"},
	},
	Parties: []cairn.Belligerent{
		{ID: "fa", Name: "Federal Army", Aliases: []string{
			"Federal forces", "Federal jets", "Federal warplanes", "Federal",
			"الجيش الاتحادي", "القوات الاتحادية", "الطيران الاتحادي", "طيران الجيش الاتحادي",
			"Ejército Federal", "fuerzas federales", "aviación federal",
			"Федеральна армія", "федеральні війська", "федеральні сили", "федеральна авіація", "федерали",
			"Федеральная армия", "федеральные войска", "федеральные силы", "федеральная авиация", "авиация Федеральной армии", "федералы",
		}},
		{ID: "nf", Name: "Northern Front", Aliases: []string{
			"the Northern Front", "Front fighters", "جبهة الشمال", "مقاتلو جبهة الشمال", "Frente Norte", "el Frente Norte", "Північний фронт", "Северный фронт",
		}},
		{ID: "sg", Name: "Sahil Guard", Aliases: []string{
			"the Sahil Guard", "حرس الساحل", "ميليشيا حرس الساحل", "Guardia del Llano", "la Guardia del Llano", "Сахільська гвардія", "Сахильская гвардия",
		}},
	},
}
