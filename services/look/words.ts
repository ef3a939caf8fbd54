/** The languages that pages speak; words are one object a language, and English says which there are. */
export const languages = ['en', 'nl', 'de', 'fr', 'es', 'zh'] as const
export type Language = (typeof languages)[number]

/** The language of ours that a wish such as "de-AT" means; English for all others. */
export function languageOf(wish: string | undefined): Language {
  const primary = wish?.toLowerCase().split('-')[0]
  return languages.find((each) => each === primary) ?? 'en'
}

/** The wish itself where we speak its language (de-AT writes money in its own way), else our language. */
export function localeOf(wish: string | undefined): string {
  const language = languageOf(wish)
  if (wish === undefined || wish.toLowerCase().split('-')[0] !== language) return language
  try {
    return Intl.getCanonicalLocales(wish)[0] ?? language
  } catch {
    return language
  }
}

/** Direction of a language's writing. All of ours run from left to right; pages are made for both. */
export const directionOf = (locale: string): 'ltr' | 'rtl' =>
  ['ar', 'fa', 'he', 'ur'].includes(locale.split('-')[0] ?? '') ? 'rtl' : 'ltr'

/** "Page {page}" with its values; a value that is missing leaves its place to be seen, and a test to fail. */
export const filled = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (place, name: string) => (name in values ? String(values[name]) : place))

/** What tells two languages' words apart that should not differ: keys, and the places to be filled. */
export function differencesOfWords(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): readonly string[] {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].filter((key) => placesIn(one[key]) !== placesIn(other[key]))
}

const placesIn = (text: string | undefined): string =>
  text === undefined ? 'absent' : [...new Set(text.match(/\{\w+\}/g) ?? [])].sort().join(' ')
