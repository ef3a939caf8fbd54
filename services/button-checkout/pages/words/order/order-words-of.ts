import { languageOf } from '#look/words.ts'
import { de } from './de.ts'
import { en, type OrderWords } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'
import { zh } from './zh.ts'

export const orderWordsByLanguage = { en, nl, de, fr, es, zh } as const

/** The words of the order page for a wish such as "de-AT". Only the server knows all languages. */
export const orderWordsOf = (wish: string | undefined): OrderWords => orderWordsByLanguage[languageOf(wish)]
