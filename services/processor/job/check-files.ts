import type { FileRole } from '#contracts/catalogue/product.ts'
import type { Finding } from '#contracts/findings.ts'
import { printedPagesOf } from '#contracts/geometry/geometry.ts'
import type { PreflightAnswer } from '#contracts/messages/preflight-result.ts'
import type { PreflightTicket } from '#contracts/messages/preflight-ticket.ts'
import type { preflightSteps } from '#contracts/order-api/preflight.ts'
import type { Facts } from '../inspect/facts.ts'
import { gatherNotes } from '../plan/gather-notes.ts'
import type { Planned } from '../plan/plan-job.ts'
import { fitOf, noFit } from '../plan/product-fit.ts'
import { nothingSavedNotes, unreadableNote } from '../plan/refusals.ts'
import { mostShares } from '../ranges/show-far-sources.ts'
import type { ShownPage } from '../sandbox/protocol.ts'
import { checkedFileOf, contentPagesOf } from './checked-file.ts'
import { fitProducts } from './fit-products.ts'
import type { JobSource } from './job-source.ts'
import { inspect, plannedOf } from './look-into.ts'
import type { Rejected } from './rejected.ts'
import type { Rooms } from './rooms.ts'
import type { RoledFile } from './unpack-archives.ts'

export type Step = (typeof preflightSteps)[number]

/** What was found out, before any of it is stored: all findings, and pictures in the job folder. */
export type Checked = Omit<PreflightAnswer, 'previews' | 'reportKey'> & {
  readonly shown: readonly (Omit<ShownPage, 'source'> & { readonly label: string })[]
}

/** The same questions that production asks, and nothing made: sniff, inspect, and the plan of each product. Throws as `inspect` does. */
export async function checkFiles(
  sources: readonly JobSource[],
  ticket: Pick<PreflightTicket, 'product' | 'title' | 'options' | 'design' | 'tries'>,
  rooms: Rooms,
): Promise<{ readonly files: readonly RoledFile[]; readonly facts: readonly Facts[]; readonly checked: Checked }> {
  const { product, title, tries } = ticket
  // More than half of a far source may be read: nothing is brought here to be written anew.
  const { files, facts } = await inspect({ sources }, rooms.producer, { mostShare: mostShares.judge })
  const planned = product && plannedOf({ ...ticket, product, sources }, files, facts)
  const tried = files.flatMap(({ role, label }, index) => {
    const seen = facts[index]
    return seen ? [{ role, label, facts: seen }] : []
  })
  const fits = await fitProducts(
    tries.filter(({ sku }) => sku !== product?.sku),
    tried,
    title,
  )
  const own = product && planned ? fitOf(product, planned, roles(files)) : undefined
  const inOrder = new Map([...fits, ...(own ? [own] : [])].map((fit) => [fit.sku, fit]))
  const checked: Checked = {
    ...pagesOf(files, facts),
    ...(product && planned ? ofProduct(product, planned) : {}),
    findings: planned ? [...planned.findings] : faultsOf(tried),
    files: files.map((file, index) => checkedFileOf(file, facts[index])),
    products: tries.flatMap(({ sku }) => inOrder.get(sku) ?? []),
    shown: [],
  }
  return { files, facts, checked }
}

/** What is told of files that cannot be had or opened at all. */
export function refusedFiles(
  { product, tries }: Pick<PreflightTicket, 'product' | 'tries'>,
  sources: readonly { readonly role: FileRole }[],
  { findings }: Rejected,
): Checked {
  return {
    ...(product ? { outcome: 'rejected' as const } : {}),
    findings: [...findings],
    files: [],
    products: tries.map(({ sku, role }) => noFit(sku, findings, role === undefined ? roles(sources) : [role])),
    shown: [],
  }
}

const roles = <R>(files: readonly { readonly role: R }[]): R[] => files.map(({ role }) => role)

function ofProduct(product: NonNullable<PreflightTicket['product']>, planned: Planned) {
  if (planned.outcome === 'reject') return { outcome: 'rejected' as const }
  const { pages } = planned
  return { outcome: 'ready' as const, pages, printedPages: printedPagesOf(product, pages) }
}

function pagesOf(files: readonly RoledFile[], facts: readonly Facts[]) {
  const pages = contentPagesOf(files, facts)
  return pages === undefined ? {} : { pages }
}

/** Without a product only this stands against the files themselves. */
export const faultsOf = (tried: readonly { readonly label: string; readonly facts: Facts }[]): Finding[] =>
  gatherNotes(
    tried.flatMap(({ label, facts }) =>
      facts.kind === 'unreadable' ? [unreadableNote(label, facts)] : nothingSavedNotes(label, facts),
    ),
  )
