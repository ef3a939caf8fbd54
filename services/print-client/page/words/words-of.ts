import { de } from './de.ts'
import { en } from './en.ts'
import { nl } from './nl.ts'

/** The languages of presses and packing tables; another one is a file more. */
export const wordsByLanguage = { en, nl, de } as const
export type PageLanguage = keyof typeof wordsByLanguage

/** The language that was chosen, else the first of the browser's that the page speaks, else English. */
export function languageFor(chosen: string | undefined, accepted: string | undefined): PageLanguage {
  const wishes = [chosen ?? '', ...(accepted ?? '').split(',')].map((wish) => wish.trim().toLowerCase().slice(0, 2))
  return wishes.find(isSpoken) ?? 'en'
}

const isSpoken = (wish: string): wish is PageLanguage => Object.hasOwn(wordsByLanguage, wish)

/** How days and times are written: as the browser has it, where it speaks the page's language (en-GB), else as the language does. */
export function localeFor(language: PageLanguage, accepted: string | undefined): string {
  const wishes = (accepted ?? '').split(',').map((wish) => wish.split(';')[0]?.trim() ?? '')
  const found = wishes.find((wish) => new RegExp(`^${language}(-[a-z0-9]{2,8})*$`, 'i').test(wish))
  return found ?? language
}
