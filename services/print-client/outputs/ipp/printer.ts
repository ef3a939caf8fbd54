import { Transient } from '#chassis/errors.ts'
import { type Connection, Unanswered } from './connection.ts'
import {
  attribute,
  groupTags,
  type IppGroup,
  type IppMessage,
  numberOf,
  operations,
  valuesOf,
  wordsOf,
} from './message.ts'

/** What a printer says of itself. */
export type PrinterFacts = {
  readonly formats: readonly string[]
  readonly isAccepting: boolean
  readonly stateReasons: readonly string[]
  readonly sides: readonly string[]
  /** Attributes that a job may carry; empty where the printer does not say. */
  readonly jobAttributes: readonly string[]
  readonly mostCopies: number | undefined
  /** Seconds since it started, where it says so. */
  readonly upTimeSeconds: number | undefined
}

/** A job as the printer lists it. `state` is that of RFC 8011, 5.3.7. */
export type PrinterJob = {
  readonly id: number
  readonly name: string
  readonly state: number
  readonly reasons: readonly string[]
}

/** The printer's own word that it did not take a job. `isForGood`: this job it never will. */
export class NotTaken extends Error {
  override name = 'NotTaken'
  readonly isForGood: boolean
  constructor(message: string, isForGood: boolean) {
    super(message)
    this.isForGood = isForGood
  }
}

export type Printer = ReturnType<typeof createPrinter>

const user = 'printcloud'
const jobFields = ['job-id', 'job-name', 'job-state', 'job-state-reasons']

/** The operations of RFC 8011 that are used here. All throw Transient where the printer is not to be asked, or answers what is no answer. */
export function createPrinter({ ask, printerUri }: Connection) {
  const target = (...more: IppGroup['attributes']): IppGroup => ({
    tag: groupTags.operation,
    attributes: [
      attribute('attributes-charset', 'charset', 'utf-8'),
      attribute('attributes-natural-language', 'naturalLanguage', 'en'),
      attribute('printer-uri', 'uri', printerUri),
      ...more,
    ],
  })
  const byUser = attribute('requesting-user-name', 'name', user)
  const jobsOf = async (which: 'completed' | 'not-completed'): Promise<readonly PrinterJob[]> => {
    const wanted = attribute('requested-attributes', 'keyword', ...jobFields)
    const answer = await ask(operations.getJobs, [target(byUser, attribute('which-jobs', 'keyword', which), wanted)])
    return jobsIn(succeeded(answer, 'list its jobs'))
  }
  return {
    facts: async (): Promise<PrinterFacts> =>
      factsOf(succeeded(await ask(operations.getPrinterAttributes, [target(byUser)]), 'tell of itself')),
    /** Everybody's: first those under way, so that one that ends meanwhile is seen in one of the two. */
    jobs: async (): Promise<readonly PrinterJob[]> => [
      ...(await jobsOf('not-completed')),
      ...(await jobsOf('completed')),
    ],
    /** Undefined where the printer has no such job any more. */
    job: async (id: number): Promise<PrinterJob | undefined> => {
      const wanted = attribute('requested-attributes', 'keyword', ...jobFields)
      const answer = await ask(operations.getJobAttributes, [
        target(attribute('job-id', 'integer', id), byUser, wanted),
      ])
      if (answer.code === notFound || answer.code === gone) return undefined
      return jobsIn(succeeded(answer, `tell of job ${id}`))[0]
    },
    /** Gives the id of the job that the printer made. Throws NotTaken, Unanswered: none was made; Unclear: perhaps. */
    print: async (name: string, template: IppGroup['attributes'], documentPath: string): Promise<number> => {
      const operation = target(
        byUser,
        attribute('job-name', 'name', name),
        attribute('ipp-attribute-fidelity', 'boolean', true),
        attribute('document-format', 'mimeMediaType', 'application/pdf'),
      )
      const job: IppGroup = { tag: groupTags.job, attributes: template }
      const answer = await ask(operations.printJob, template.length > 0 ? [operation, job] : [operation], documentPath)
      if (!isSuccess(answer)) throw notTaken(answer)
      const id = numberOf(
        answer.groups.find(({ tag }) => tag === groupTags.job),
        'job-id',
      )
      if (id === undefined) throw new Transient('The printer took a job and gave it no number')
      return id
    },
    /** False where the printer has printed it, or does not cancel. */
    cancel: async (id: number): Promise<boolean> =>
      isSuccess(await ask(operations.cancelJob, [target(attribute('job-id', 'integer', id), byUser)])),
  }
}

const notFound = 0x0406
const gone = 0x0407
const isSuccess = ({ code }: IppMessage): boolean => code < 0x0100

function succeeded(answer: IppMessage, what: string): IppMessage {
  if (isSuccess(answer)) return answer
  throw new Unanswered(`The printer would not ${what}: ${statusWords(answer)}`)
}

/** Statuses (RFC 8011, B.1) that say something of the job or its file, and not of the printer's moment. */
const forGood: readonly number[] = [0x0400, 0x0408, 0x0409, 0x040a, 0x040b, 0x040c, 0x040e, 0x0411, 0x0412]

function notTaken(answer: IppMessage): NotTaken {
  const unsupported = answer.groups
    .filter(({ tag }) => tag === groupTags.unsupported)
    .flatMap(({ attributes }) => attributes)
  const what = unsupported.length === 0 ? '' : ` (not for it: ${unsupported.map(({ name }) => name).join(', ')})`
  return new NotTaken(`The printer did not take the job: ${statusWords(answer)}${what}`, forGood.includes(answer.code))
}

function statusWords(answer: IppMessage): string {
  const own = wordsOf(
    answer.groups.find(({ tag }) => tag === groupTags.operation),
    'status-message',
  )[0]
  return `status 0x${answer.code.toString(16).padStart(4, '0')}${own === undefined ? '' : `, ${own.slice(0, 120)}`}`
}

function jobsIn({ groups }: IppMessage): readonly PrinterJob[] {
  return groups.flatMap((group) => {
    const id = numberOf(group, 'job-id')
    const state = numberOf(group, 'job-state')
    if (group.tag !== groupTags.job || id === undefined || state === undefined) return []
    return [{ id, state, name: wordsOf(group, 'job-name')[0] ?? '', reasons: wordsOf(group, 'job-state-reasons') }]
  })
}

function factsOf({ groups }: IppMessage): PrinterFacts {
  const group = groups.find(({ tag }) => tag === groupTags.printer)
  if (group === undefined) throw new Unanswered('The printer told nothing of itself')
  const copies = valuesOf(group, 'copies-supported')[0]
  return {
    formats: wordsOf(group, 'document-format-supported'),
    isAccepting: valuesOf(group, 'printer-is-accepting-jobs')[0] !== false,
    stateReasons: wordsOf(group, 'printer-state-reasons').filter((reason) => reason !== 'none'),
    sides: wordsOf(group, 'sides-supported'),
    jobAttributes: wordsOf(group, 'job-creation-attributes-supported'),
    mostCopies: Array.isArray(copies) && typeof copies[1] === 'number' ? copies[1] : undefined,
    upTimeSeconds: numberOf(group, 'printer-up-time'),
  }
}
