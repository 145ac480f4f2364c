type Found = ReturnType<typeof JSON.parse>

const kindOf = (value: Found): string =>
  value === null || value === undefined ? 'nothing' : Array.isArray(value) ? 'list' : typeof value

/**
 * Where an answer has not the shape of a recorded one: fields that lack or were not recorded, and other kinds of values.
 * Nothing fits anything, since any field may be null. Each row of a list is held against all that were recorded.
 */
export function differences(recorded: readonly Found[], answered: Found, path = ''): string[] {
  const known = recorded.filter((one) => kindOf(one) !== 'nothing')
  const kind = kindOf(answered)
  if (kind === 'nothing' || known.length === 0) return []
  const same = known.filter((one) => kindOf(one) === kind)
  if (same.length === 0) return [`${path}: ${kind} in place of ${kindOf(known[0])}`]
  if (kind === 'list') {
    const rows = same.flat()
    if (answered.length === 0 && same.every((one) => one.length > 0)) return [`${path}: nothing in the list`]
    return rows.length === 0 ? [] : answered.flatMap((row: Found, i: number) => differences(rows, row, `${path}[${i}]`))
  }
  if (kind !== 'object') return []
  const fields = new Set(same.flatMap((one) => Object.keys(one)))
  const lacking = same.map((one) => new Set(Object.keys(one))).reduce((a, b) => a.intersection(b))
  return [
    ...[...lacking].filter((name) => !(name in answered)).map((name) => `${path}.${name} lacks`),
    ...Object.keys(answered)
      .filter((name) => !fields.has(name))
      .map((name) => `${path}.${name} was not recorded`),
    ...Object.keys(answered).flatMap((name) =>
      differences(
        same.flatMap((one) => (name in one ? [one[name]] : [])),
        answered[name],
        `${path}.${name}`,
      ),
    ),
  ]
}
