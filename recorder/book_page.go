package recorder

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// A page is some figures of a book in the order of their codes. All figures of an
// incident stand on one page.
type page []figure

// pageFull is how many figures a page holds before it is parted.
const pageFull = 4096

// compare orders codes, by their numbers.
func (b *Book) compare(x, y uint32) int {
	if x == y {
		return 0
	}
	return strings.Compare(b.words.Code(x), b.words.Code(y))
}

// pageOf returns the page that has the figures of a code or should have them.
func (b *Book) pageOf(code uint32) int {
	k, found := slices.BinarySearchFunc(b.pages, code, func(p page, code uint32) int { return b.compare(p[0].Code, code) })
	if found {
		return k
	}
	return max(0, k-1)
}

// add puts figures on the pages where they belong.
func (b *Book) add(fresh []figure) {
	if len(fresh) == 0 {
		return
	}
	if len(b.pages) == 0 {
		b.pages = b.first(fresh)
		return
	}
	touched := map[int]page{}
	for _, f := range fresh {
		k := b.pageOf(f.Code)
		touched[k] = append(touched[k], f)
	}
	for _, k := range slices.Backward(slices.Sorted(maps.Keys(touched))) {
		p := append(b.pages[k], touched[k]...)
		slices.SortStableFunc(p, func(x, y figure) int { return b.compare(x.Code, y.Code) })
		b.pages = slices.Replace(b.pages, k, k+1, parted(p)...)
	}
}

// first returns the pages of a book that had none. Its codes are numbered in
// their order, so that whoever reads the pages goes through them one by one.
func (b *Book) first(all page) []page {
	number := b.words.SortCodes()
	for k := range all {
		all[k].Code = number[all[k].Code]
	}
	slices.SortStableFunc(all, func(x, y figure) int { return cmp.Compare(x.Code, y.Code) })
	return parted(all)
}

// parted divides a page that is too full between incidents.
func parted(p page) []page {
	var pages []page
	for len(p) > pageFull {
		end := pageFull / 2
		for end < len(p) && p[end].Code == p[end-1].Code {
			end++
		}
		pages, p = append(pages, slices.Clip(p[:end])), p[end:]
	}
	if len(p) > 0 {
		pages = append(pages, p)
	}
	return pages
}
