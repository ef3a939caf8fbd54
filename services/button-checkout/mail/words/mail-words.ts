import { type Language, languageOf } from '#look/words.ts'
import { de } from './de.ts'
import { en, type MailWords } from './en.ts'
import { es } from './es.ts'
import { fr } from './fr.ts'
import { nl } from './nl.ts'
import { zh } from './zh.ts'

export const mailWords: Readonly<Record<Language, MailWords>> = { en, nl, de, fr, es, zh }

/** The words for a customer's language. */
export const mailWordsOf = (language: string): MailWords => mailWords[languageOf(language)]
