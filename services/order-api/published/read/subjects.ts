import { Type } from 'typebox'
import { Currency } from '#contracts/money.ts'

/** What a document is of, by its kind: as whoever touched it first said it. */
export const subjects = {
  publication: Type.Object({ accountId: Type.String(), isTest: Type.Boolean(), publicationId: Type.String() }),
  button: Type.Object({ accountId: Type.String(), isTest: Type.Boolean(), keyId: Type.String() }),
  currency: Type.Object({ currency: Currency }),
  page: Type.Object({ file: Type.String() }),
} as const
