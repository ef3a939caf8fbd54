import { languageOf, localeOf } from '#look/words.ts'
import { de } from './de.ts'
import { en, type InvoiceWords } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'
import { zh } from './zh.ts'

export const invoiceWords = { en, nl, de, fr, es, zh } as const

/** The words for a customer's language, and the locale that dates and amounts are written in. */
export const invoiceWordsOf = (wish: string): { readonly words: InvoiceWords; readonly locale: string } => ({
  words: invoiceWords[languageOf(wish)],
  locale: localeOf(wish),
})
