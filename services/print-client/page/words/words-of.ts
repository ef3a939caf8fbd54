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
