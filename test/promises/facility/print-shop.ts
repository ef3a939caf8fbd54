import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Installation } from './install.ts'

/** What the shop wrote down when it took a job off a hot folder; `folder`: where it lies now. */
export type Printed = { readonly jobId: string; readonly from: Installation; readonly folder: string }

/**
 * The shop behind the hot folders: it takes each job away as soon as it sees it, as a press would, and keeps the book of what was printed
 * and of what was not whole at that moment. This book is all that a promise is judged by.
 */
export function openShop(
  folder: string,
  installations: readonly Installation[],
  faultsOf: (jobFolder: string, jobId: string) => readonly string[],
) {
  const book: Printed[] = []
  const faults: string[] = []
  let isOpen = true
  mkdirSync(folder, { recursive: true })

  const takeFrom = (from: Installation): void => {
    if (!isOpen || !existsSync(from.hotFolder)) return
    for (const jobId of readdirSync(from.hotFolder).filter((name) => name.startsWith('job_'))) {
      const seen = join(from.hotFolder, jobId)
      faults.push(...faultsOf(seen, jobId).map((fault) => `${jobId} ${fault}`))
      const taken = join(folder, `${book.length}-${jobId}`)
      take(seen, taken)
      book.push({ jobId, from, folder: taken })
    }
  }
  const look = (): void => installations.forEach(takeFrom)
  const timer = setInterval(look, 10)
  return {
    look,
    /** A shop that rests leaves everything where it is. */
    open: (is: boolean): void => {
      isOpen = is
    },
    book: (): readonly Printed[] => book,
    has: (jobId: string): Printed | undefined => book.find((each) => each.jobId === jobId),
    twice: (): readonly string[] =>
      book.filter((each, place) => placeOf(book, each) !== place).map(({ jobId }) => jobId),
    faults: (): readonly string[] => faults,
    close: () => clearInterval(timer),
  }
}
/** From a disk of its own a job is printed and gone. */
function take(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error
    rmSync(from, { recursive: true })
  }
}

export type PrintShop = ReturnType<typeof openShop>

const placeOf = (book: readonly Printed[], { jobId }: Printed): number => book.findIndex((each) => each.jobId === jobId)
