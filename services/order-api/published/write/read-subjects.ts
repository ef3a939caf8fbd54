import type { Database } from '#chassis/database.ts'
import type { CurrencyCode } from '#contracts/money.ts'
import { parse } from '#contracts/parse.ts'
import { tagOf } from '#contracts/published/cache-tags.ts'
import type { DocumentKind } from '../document-kinds.ts'
import { readButtons } from '../read/read-buttons.ts'
import { readProofs } from '../read/read-proofs.ts'
import { readPublications } from '../read/read-publications.ts'
import { subjects } from '../read/subjects.ts'
import type { SubjectOf } from '../render/render-document.ts'
import type { DocumentRef } from '../touch-sql.ts'
import { Tracked } from '../tracked.ts'

type Subjects = {
  readonly subjectOf: SubjectOf
  /** In which the publications among them have prices. */
  readonly currencies: readonly CurrencyCode[]
  /** Paths of those that cannot be read, and why. */
  readonly failed: ReadonlyMap<string, unknown>
}

const ofPublication: ReadonlySet<DocumentKind> = new Set(['publication', 'preview', 'sale'])

/** Reads the publications and buttons that documents are of, each to be had with its tag only. */
export async function readSubjects(database: Database, refs: readonly DocumentRef[], now: Date): Promise<Subjects> {
  const ofPublications = refs.filter(({ kind }) => ofPublication.has(kind))
  const ofButtons = refs.filter(({ kind }) => kind === 'button')
  const { shown, sellers, policies, failed } = await readPublications(database, ofPublications)
  const shownByAll = ofPublications.filter(({ kind }) => kind !== 'sale')
  const { proofs, failed: failedProofs } = await readProofs(database, shownByAll)
  const { buttons, failed: failedButtons } = await readButtons(database, ofButtons, now)
  return {
    subjectOf: {
      publication: ({ path, subject }) => {
        const { accountId, publicationId } = parse('subject of a publication’s document', subjects.publication, subject)
        return {
          account: new Tracked(tagOf.account(accountId), accountId),
          seller: new Tracked(tagOf.seller(accountId), sellers.get(path) ?? ''),
          routing: new Tracked(tagOf.seller(accountId), policies.get(path)),
          publication: new Tracked(tagOf.publication(publicationId), shown.get(path)),
          proof: new Tracked(tagOf.publication(publicationId), proofs.get(path)),
        }
      },
      button: ({ path, subject }) => {
        const { accountId, isTest } = parse('subject of a button', subjects.button, subject)
        return {
          account: new Tracked(tagOf.account(accountId), accountId),
          button: new Tracked(tagOf.buttons(accountId, isTest), buttons.get(path)),
          isOfPages: ({ publicationId, isOfPages }) => new Tracked(tagOf.publication(publicationId), isOfPages),
        }
      },
    },
    currencies: [...shown.values()].map(({ fields }) => fields.currency),
    failed: new Map([...failed, ...failedProofs, ...failedButtons]),
  }
}
