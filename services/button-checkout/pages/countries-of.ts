import type { SelectOption } from '#look/select.ts'

/** Countries by their names in `locale`, in its order. */
export function countriesOf(codes: readonly string[], locale: string): readonly SelectOption[] {
  const names = new Intl.DisplayNames(locale, { type: 'region', fallback: 'code' })
  const order = new Intl.Collator(locale)
  return [...new Set(codes)]
    .map((value) => ({ value, text: names.of(value) ?? value }))
    .sort((one, other) => order.compare(one.text, other.text))
}
