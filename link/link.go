// Package link decides which claims are about one incident and which documents
// repeat one original.
//
// [Incidents] takes the claims of one document to the incidents already known,
// by place, day, harm, belligerent, means and the people named; [Documents]
// does it for a whole stream of documents at once, from their words too;
// [Origins] finds the copies among them. Every link has a score and its
// reasons in words, and is a proposal: a person splits or joins. Tolls of a
// campaign, of other years and of what might be are never made part of an
// incident.
package link
