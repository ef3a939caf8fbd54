import { existsSync } from 'node:fs'
import { pagesOf } from '../pdf/pages.ts'
import { PdfFault, type PdfFile, type PdfPage } from '../pdf/pdf-file.ts'
import { damagedPathOf } from './damaged-copy.ts'
import { describePdf, type HowToDescribe } from './describe-pdf.ts'
import type { Facts, PdfFacts } from './facts.ts'
import { unreadable, withPdf } from './opened-pdf.ts'

/**
 * Facts of one PDF, read at random places: memory does not grow with the file. Facts of a damaged one say `wantsRepair`;
 * `withRepairs` has it mended and asks again. Then the file is replaced in place by whatever shows most of its pages.
 * Without `needsLook` its first page counts as white, and PDFium is not started for a sound file.
 */
export async function inspectPdf(path: string, needsLook = true): Promise<Facts> {
  if (existsSync(damagedPathOf(path))) return await lookedAtAgain(path)
  const found = await withPdf(
    path,
    async ({ file, pages, isSound }) => await describe(file, pages, { wasRepaired: !isSound, needsLook }),
  )
  if (!(found instanceof PdfFault)) return found
  return { ...unreadable(found), ...(found.code === 'RESOURCE_LIMIT' ? {} : { wantsRepair: true }) }
}

/** Damage is rare, and what judges it loads PDFium. */
async function lookedAtAgain(path: string): Promise<Facts> {
  const { lookAgain } = await import('./look-again.ts')
  return await lookAgain(path, damagedPathOf(path))
}

async function describe(file: PdfFile, pages: readonly PdfPage[], how: HowToDescribe): Promise<PdfFacts> {
  const facts = await describePdf(file, pages, how)
  const { wasRepaired } = how
  // Damage may come to light in any object: what was read before it did is read again from the table made anew.
  if (!wasRepaired && file.wasRebuilt) return await describe(file, pagesOf(file).pages, { ...how, wasRepaired: true })
  return wasRepaired ? { ...facts, wantsRepair: true } : facts
}
