package unpack

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/bep/imagemeta"
)

// told are the fields of EXIF that say when, where, with what and by whom a
// picture was taken. The rest (thumbnails, makers' notes) stays in the picture.
var told = map[string]bool{
	"DateTimeOriginal": true, "DateTimeDigitized": true, "DateTime": true, "OffsetTimeOriginal": true, "OffsetTime": true,
	"GPSDateStamp": true, "GPSTimeStamp": true, "GPSAltitude": true, "GPSImgDirection": true, "GPSImgDirectionRef": true, "GPSDOP": true,
	"Make": true, "Model": true, "LensModel": true, "Software": true, "Artist": true, "Copyright": true, "ImageDescription": true,
	"BodySerialNumber": true, "CameraOwnerName": true, "Orientation": true, "ImageUniqueID": true, "UserComment": true,
}

// exif returns what the EXIF of a picture says of its taking, nil where it has
// none. Coordinates are signed degrees.
func exif(picture []byte) map[string]string {
	var tags imagemeta.Tags
	_, err := imagemeta.Decode(imagemeta.Options{R: bytes.NewReader(picture), ImageFormat: imagemeta.ImageFormatAuto, Sources: imagemeta.EXIF,
		Timeout: 5 * time.Second, ShouldHandleTag: func(tag imagemeta.TagInfo) bool { return told[tag.Tag] || strings.HasPrefix(tag.Tag, "GPS") },
		HandleTag: func(tag imagemeta.TagInfo) error { tags.Add(tag); return nil }})
	if err != nil && len(tags.EXIF()) == 0 {
		return nil
	}
	said := map[string]string{}
	for name, tag := range tags.EXIF() {
		if value := strings.Trim(strings.ToValidUTF8(fmt.Sprint(tag.Value), "\uFFFD"), " \x00"); told[name] && value != "" {
			said["exif."+name] = value
		}
	}
	if lat, lon, err := tags.GetLatLong(); err == nil && (lat != 0 || lon != 0) {
		said["exif.lat"], said["exif.lon"] = strconv.FormatFloat(lat, 'f', -1, 64), strconv.FormatFloat(lon, 'f', -1, 64)
	}
	if len(said) == 0 {
		return nil
	}
	return said
}

// Taken returns what a picture says of its taking, as it stands in the private part
// of a receipt; nil where it says nothing.
func Taken(picture []byte) map[string]string { return exif(picture) }
