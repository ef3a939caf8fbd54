import { accountWords } from './account-words.ts'
import type { OperationWords } from './example.ts'
import { orderWords } from './order-words.ts'
import { publicationWords } from './publication-words.ts'

/** What is said of every operation besides its schemas, by method and address. */
export const words: Readonly<Record<string, OperationWords>> = {
  ...orderWords,
  ...publicationWords,
  ...accountWords,
}
