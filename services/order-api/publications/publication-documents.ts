import type { Keyring } from '#chassis/keyring.ts'
import { documentPaths } from '#contracts/published/document-paths.ts'
import { salePathOf, sealLength } from '#contracts/published/sale-paths.ts'
import type { DocumentRef } from '../published/touch-sql.ts'
import type { Owner } from '../store/order-store.ts'

/** Of a draft's address: nobody guesses it, and whoever has the link may see the draft. */
const previewSealOf = (keyring: Keyring, publicationId: string): string =>
  keyring.sign('preview', publicationId).slice(0, sealLength)

/** The documents of a publication; their subject is the key of its row. */
export function publicationDocuments(keyring: Keyring, { accountId, isTest }: Owner, publicationId: string) {
  const subject = { accountId, isTest, publicationId }
  return {
    /** What visitors read. */
    published: { path: documentPaths.publication(publicationId), kind: 'publication', subject },
    /** The same version, for the checkout alone. */
    sale: saleDocument(keyring, subject),
    /** The newest version, for those who have the link. */
    preview: {
      path: documentPaths.preview(publicationId, previewSealOf(keyring, publicationId)),
      kind: 'preview',
      subject,
    },
  } as const satisfies Readonly<Record<string, DocumentRef>>
}

type PublicationSubject = { readonly accountId: string; readonly isTest: boolean; readonly publicationId: string }

/** Where the newest master key says. */
export const saleDocument = ({ sign }: Pick<Keyring, 'sign'>, subject: PublicationSubject) =>
  ({ path: salePathOf(sign, subject.publicationId), kind: 'sale', subject }) as const satisfies DocumentRef
