import type { PublicationRequest } from '#contracts/order-api/publication.ts'
import type { PriceData } from '#pricing/price-data.ts'
import type { Principal } from '../auth/principal.ts'
import { makeIdAt } from '../orders/make-id.ts'
import { type AskedWorks, askedWorks, ringWorks } from './ask-work.ts'
import type { PublicationChanger } from './change-publication.ts'
import { fieldsOf } from './fields.ts'
import { insertPublication, type NewPublication } from './insert-publication.ts'
import { type Addresses, presentPublication } from './present-publication.ts'
import { publicationDocuments } from './publication-documents.ts'
import type { WorkStates } from './work-rows.ts'

type Making = {
  readonly request: PublicationRequest
  readonly idempotency: NewPublication['idempotency']
  readonly addresses: Addresses
  /** As they are now: the answer says what cannot be bought. */
  readonly prices: PriceData
}

/** What was made, and the answer that says so; `isMade` is false when the key was taken. */
export type Made = { readonly id: string; readonly body: string; readonly isMade: boolean }

/** Writes a new publication, which was checked, and rings for the work on its file. */
export async function makePublication(
  { database, keyring, ring, now: clock, patienceSeconds }: PublicationChanger,
  principal: Principal,
  { request, idempotency, addresses, prices }: Making,
): Promise<Made> {
  const at = clock()
  const makeId = makeIdAt(() => at)
  const id = makeId('publication')
  const fields = fieldsOf(request)
  const isPublished = request.publish ?? false
  const asked = askedWorks(principal, fields, { publicationId: id, now: at, makeId, patienceSeconds })
  const documents = publicationDocuments(keyring, principal, id)
  const data = { publication_id: id, version: 1 }
  const body = JSON.stringify(presentPublication(newRow(), principal, addresses, prices))
  const { isWritten, works } = await insertPublication(database, principal, {
    ...{ id, fields, isPublished, works: asked, idempotency, body, at, savedBy: principal.keyId },
    events: [
      { id: makeId('event'), type: 'publication.created', data },
      ...(isPublished ? [{ id: makeId('event'), type: 'publication.published', data } as const] : []),
    ],
    documents: [...(isPublished ? [documents.published, documents.sale] : []), documents.preview],
  })
  ringWorks(ring, asked, works)
  return { id, body, isMade: isWritten }

  function newRow() {
    const time = at.toISOString()
    return {
      ...{ id, isTest: principal.isTest, version: 1, fields, undoes: null, createdAt: time, updatedAt: time },
      publishedVersion: isPublished ? 1 : null,
      publishedAt: isPublished ? time : null,
      ...begun(asked),
    }
  }
}

const begun = ({ thumbnail, proof }: AskedWorks): WorkStates => ({
  thumbnail: thumbnail ? { state: 'processing', failure: null } : null,
  proof: proof ? { state: 'processing', failure: null, summary: null } : null,
})
