import { languageOf } from '#look/words.ts'
import { de } from './de.ts'
import { en, type Words } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'
import { zh } from './zh.ts'

export const wordsByLanguage = { en, nl, de, fr, es, zh } as const

/** The words for a wish such as "de-AT". Only the server knows all languages; a page is given its own. */
export const wordsOf = (wish: string | undefined): Words => wordsByLanguage[languageOf(wish)]
