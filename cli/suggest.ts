/** The known word nearest to what was typed, where one is near enough to be meant. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const containing = known.filter((word) => word.toLowerCase().includes(typed.toLowerCase()))
  if (typed.length > 2 && containing.length === 1) return containing[0]
  const ranked = known
    .map((word) => ({ word, distance: distance(typed.toLowerCase(), word.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const [best] = ranked
  return best && best.distance <= Math.max(2, Math.floor(typed.length / 3)) ? best.word : undefined
}

/** "did you mean x? " or a list of what there is. */
export function didYouMean(typed: string, known: readonly string[]): string {
  const near = nearest(typed, known)
  if (near !== undefined) return `did you mean "${near}"?`
  return known.length === 0 ? 'there is none' : `use one of ${known.join(', ')}`
}

/** Levenshtein distance, with two rows of memory. */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i]
    for (let j = 1; j <= b.length; j += 1)
      row[j] = Math.min(
        (row[j - 1] ?? 0) + 1,
        (before[j] ?? 0) + 1,
        (before[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      )
    before = row
  }
  return before[b.length] ?? 0
}
