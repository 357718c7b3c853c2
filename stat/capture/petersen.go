package capture

import "math"

// LincolnPetersen is the population that two lists give which are independent
// of each other: n1 n2 / m, for n1 and n2 on each list and m on both (Petersen
// 1896, Lincoln 1930), with the standard error of Seber (1982, 3.1). It is
// infinite where nobody is on both.
func LincolnPetersen(n1, n2, m int) (population, stderr float64) {
	a, b, c := float64(n1), float64(n2), float64(m)
	population = a * b / c
	return population, math.Sqrt(a * b * (a - c) * (b - c) / (c * c * c))
}

// Chapman is LincolnPetersen with the correction of Chapman (1951), which has
// hardly any bias in small samples and is finite for every m; the variance is
// that of Seber (1970).
func Chapman(n1, n2, m int) (population, stderr float64) {
	a, b, c := float64(n1), float64(n2), float64(m)
	population = (a+1)*(b+1)/(c+1) - 1
	return population, math.Sqrt((a + 1) * (b + 1) * (a - c) * (b - c) / ((c + 1) * (c + 1) * (c + 2)))
}
