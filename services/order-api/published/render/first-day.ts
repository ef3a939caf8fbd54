/** The next midnight (UTC) at which one of these books begins. */
export function firstDayOf(books: readonly { readonly validFrom: string }[], now: Date): Date | undefined {
  const today = now.toISOString().slice(0, 10)
  const [first] = books
    .map(({ validFrom }) => validFrom)
    .filter((day) => day > today)
    .sort()
  return first === undefined ? undefined : new Date(`${first}T00:00:00.000Z`)
}
