import { type FindingCode, severityOf } from '#contracts/finding-codes.ts'
import type { Finding } from '#contracts/findings.ts'
import type { Box } from '#contracts/geometry/box.ts'
import { reasonOf } from './reasons.ts'

export type FindingWords = {
  readonly file?: string
  readonly page?: number
  readonly printedOn?: NonNullable<Finding['printedOn']>
  readonly where?: Box
  readonly found: string
  readonly wanted: string
  readonly action: string
}

const longest = 300
const cut = (text: string): string => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text)

/** A finding with the severity and the reason that belong to its code; words longer than the contract allows are cut. */
export function finding(code: FindingCode, words: FindingWords): Finding {
  return {
    ...words,
    code,
    severity: severityOf(code),
    found: cut(words.found),
    wanted: cut(words.wanted),
    why: cut(reasonOf(code)),
    action: cut(words.action),
  }
}
