import type { WordKey, Words } from './en.ts'

/** Our word for something of the catalogue; its own name where we have none. */
export function named(key: string, words: Words): string {
  return isWord(key, words) ? words[key] : key.slice(key.indexOf('_') + 1).replaceAll('_', ' ')
}

const isWord = (key: string, words: Words): key is WordKey => Object.hasOwn(words, key)
