import { PDFDocument } from '@cantoo/pdf-lib'
import { newId } from '#chassis/ids.ts'
import type { Proof, ProofResult } from '#contracts/messages/proof-result.ts'
import type { ProofTicket } from '#contracts/messages/proof-ticket.ts'
import { documentOf } from '../fixtures/processor/documents.ts'
import { jpeg } from '../fixtures/processor/pictures.ts'
import type { ProcessorWorld } from './processor-world.ts'
import type { FileSpec } from './thumbnail-world.ts'

/** Publications in the world of a processor: tickets for their proofs. */
export function proofsOf(world: ProcessorWorld) {
  const ticketFor = async (file: FileSpec, skus: readonly string[]): Promise<ProofTicket> => {
    const at = new Date()
    const source = 'bytes' in file ? { key: await world.upload(file.bytes) } : file
    return {
      type: 'proof',
      ticketId: newId('tkt', at),
      publicationId: newId('pub', at),
      accountId: `acc_${'0'.repeat(26)}`,
      isTest: true,
      issuedAt: at.toISOString(),
      title: 'The Lighthouse',
      source: { role: 'image', position: 0, ...source },
      offers: skus.map((sku) => ({ sku, options: {} })),
    }
  }
  const asked = async (file: FileSpec, skus: readonly string[]): Promise<ProofResult> => {
    const ticket = await ticketFor(file, skus)
    await world.send(ticket)
    return await world.proofed(ticket.ticketId)
  }
  return {
    ticketFor,
    asked,
    /** The proof of a file that can be looked at. */
    made: async (file: FileSpec, skus: readonly string[]): Promise<Proof> => {
      const { proof, failure } = await asked(file, skus)
      if (!proof) throw new Error(`No proof: ${failure}`)
      return proof
    },
  }
}

/** A book block of A5 pages with a photo at so few dots an inch on one of them. */
export async function withSoftPhoto(pages: number, onPage: number, dpi: number): Promise<Buffer> {
  const document = await PDFDocument.load(await documentOf({ pages, widthMm: 148, heightMm: 210 }))
  const inches = 3
  const photo = await document.embedJpg(await jpeg({ widthPx: inches * dpi, heightPx: inches * dpi }))
  document.getPage(onPage - 1).drawImage(photo, { x: 100, y: 200, width: inches * 72, height: inches * 72 })
  return Buffer.from(await document.save())
}
