/** A date without time or zone as the API takes it. */
export const midnight = (day: string | undefined): string | undefined =>
  day === undefined ? undefined : `${day}T00:00:00`
