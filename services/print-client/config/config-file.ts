import { type Static, Type } from 'typebox'
import { FacilityId } from '#contracts/ids.ts'
import { pageSizeNames } from '../tickets/sheet/page-size.ts'
import { ticketKinds } from '../tickets/write-tickets.ts'

const text = (description: string) => Type.String({ minLength: 1, description })
const closed = { additionalProperties: false }
const tickets = Type.Optional(
  Type.Array(Type.Enum([...ticketKinds]), { uniqueItems: true, description: 'what travels with a job' }),
)
const sheetSize = Type.Optional(
  Type.Enum([...pageSizeNames], { description: 'paper of the job sheet: a4, or letter for the US' }),
)

/** Each kind of output has its own fields. */
export const outputSchemas = {
  hot_folder: Type.Object(
    {
      kind: Type.Literal('hot_folder'),
      folder: text('where the shop’s own system looks for jobs; must exist'),
      done: Type.Optional(text('where its workflow moves what it has printed; else done in the folder')),
      error: Type.Optional(text('where its workflow moves what it could not print; else error in the folder')),
      tickets,
      sheetSize,
    },
    closed,
  ),
  ipp: Type.Object(
    {
      kind: Type.Literal('ipp'),
      url: Type.String({
        pattern: '^(ipps?|https?)://[^\\s]+$',
        description: 'an address such as ipp://press.local:631/ipp/print',
      }),
      user: Type.Optional(text('for printers that ask who it is; only with ipps or https')),
      password: Type.Optional(text('of that user')),
      ca: Type.Optional(text('PEM file of who vouches for the printer’s certificate')),
      tickets,
      sheetSize,
    },
    closed,
  ),
  command: Type.Object(
    {
      kind: Type.Literal('command'),
      command: Type.Array(Type.String({ minLength: 1 }), { minItems: 1, maxItems: 50 }),
      timeLimitSeconds: Type.Optional(Type.Integer({ minimum: 1, maximum: 3_600 })),
      tickets,
      sheetSize,
    },
    closed,
  ),
} as const

export type HotFolderConfig = Static<typeof outputSchemas.hot_folder>
export type IppConfig = Static<typeof outputSchemas.ipp>
export type CommandConfig = Static<typeof outputSchemas.command>
export type OutputConfig = HotFolderConfig | IppConfig | CommandConfig
export type OutputKind = OutputConfig['kind']

/** Which output makes a product; the first pattern that matches decides, and what none matches goes to `main`. */
const ProductRule = Type.Object(
  {
    sku: Type.String({ pattern: '^[a-z0-9*-]{1,80}$', description: 'a sku, with * for any signs, such as poster-*' }),
    output: Type.String(),
  },
  closed,
)
export type ProductRule = Static<typeof ProductRule>

const Page = Type.Union([
  Type.Literal(false),
  Type.Object({ port: Type.Optional(Type.Integer({ minimum: 0, maximum: 65_535 })) }, closed),
])

/** The facility's configuration file. Folders may be given relative to the file. */
export const ConfigFile = Type.Object(
  {
    facilityId: Type.Optional(FacilityId),
    queueUrl: Type.Optional(text('URL of this facility’s own queue')),
    statusQueueUrl: Type.Optional(text('URL of the queue that takes statuses')),
    printFilesBucket: Type.Optional(text('bucket with the print files and the claims')),
    /** Short for an output `main` of kind hot_folder. */
    hotFolder: Type.Optional(text('where the shop’s own system looks for jobs; must exist')),
    outputs: Type.Optional(Type.Record(Type.String(), Type.Object({ kind: Type.String() }))),
    products: Type.Optional(Type.Array(ProductRule, { maxItems: 200 })),
    accept: Type.Optional(Type.Enum(['automatic', 'by_hand'])),
    stateFolder: text('journal and staging; this client’s alone'),
    statusFolder: text('where the shop’s own system drops status files'),
    /** As `enrol` wrote it; else credentials.json beside the configuration, where there is one. */
    credentials: Type.Optional(text('file that enrolment wrote')),
    page: Type.Optional(Page),
    concurrency: Type.Optional(Type.Integer({ minimum: 1, maximum: 16, description: 'jobs in hand at once' })),
    logLevel: Type.Optional(Type.Enum(['trace', 'debug', 'info', 'warn', 'error'])),
  },
  closed,
)
export type ConfigFile = Static<typeof ConfigFile>
