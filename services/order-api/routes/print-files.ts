import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { components } from '#contracts/geometry/component.ts'
import { NumberText } from '#contracts/order-api/number-text.ts'
import { Link } from '#contracts/order-api/problem.ts'
import { parse } from '#contracts/parse.ts'
import type { Item, Order } from '../orders/order.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { responses } from './responses.ts'
import { wantedOrder } from './wanted-order.ts'

const ItemPath = Type.Object({ id: Type.String({ maxLength: 60 }), item: Type.String({ maxLength: 60 }) })
const Query = Type.Object(
  {
    component: Type.Optional(Type.Enum(components, { description: 'which of the files; the first without' })),
    page: Type.Optional(NumberText('^[0-9]{1,4}$', { minimum: 0 }, 'the number of the page; the first without')),
    facility: Type.Optional(
      Type.String({
        pattern: '^fac_[a-z0-9_]{2,40}$',
        description: 'of reports and receipts: of what was made for this one, which had the item before',
      }),
    ),
  },
  { additionalProperties: false },
)
type Wanted = { readonly component?: string; readonly page?: string; readonly facility?: string }
type Found = { readonly key: string; readonly contentType: string; readonly component?: string; readonly name: string }

const linkSeconds = 900

type Kind = {
  readonly summary: string
  readonly find: (item: Item, wanted: Wanted) => Found | undefined
  /** It is kept when the files of the order have expired. */
  readonly outlivesFiles?: true
}

/** What can be fetched of an item once it is made, each as a short-lived link. */
const kinds: Readonly<Record<string, Kind>> = {
  'print-file': {
    summary: 'A link to a print file',
    find: ({ printFiles }, { component }) => {
      const file = printFiles.find((each) => component === undefined || each.component === component)
      return file && { ...file, name: `${file.component}.pdf` }
    },
  },
  preview: {
    summary: 'A link to the picture of a page',
    find: ({ previews }, { component, page }) => {
      const preview = previews.find(
        (each) =>
          (component === undefined || each.component === component) &&
          (page === undefined || each.page === Number(page)),
      )
      return preview && { ...preview, name: `${preview.component}-${preview.page}` }
    },
  },
  'preflight-report': {
    summary: 'A link to everything that preflight saw',
    find: (item, { facility }) => {
      const key = madeFor(item, facility)?.reportKey
      return key === undefined ? undefined : { key, contentType: 'application/json', name: 'preflight-report.json' }
    },
  },
  receipt: {
    summary: 'A link to the receipt: inputs, rules, versions and hashes',
    outlivesFiles: true,
    find: (item, { facility }) => {
      const key = madeFor(item, facility)?.receiptKey
      return key === undefined ? undefined : { key, contentType: 'application/json', name: 'receipt.json' }
    },
  },
}

/** What was made of an item for its facility, or for one that had it before. */
const madeFor = (item: Item, facility = item.facilityId): Pick<Item, 'reportKey' | 'receiptKey'> | undefined =>
  facility === item.facilityId ? item : item.earlier?.find(({ facilityId }) => facilityId === facility)

/** GET /v1/orders/:id/items/:item/{print-file, preview, preflight-report, receipt}. */
export const addPrintFileRoutes: AddRoutes = (app, context) => {
  for (const [name, { summary, find, outlivesFiles }] of Object.entries(kinds)) {
    app.get(`/v1/orders/:id/items/:item/${name}`, {
      config: needs('orders:read'),
      schema: {
        tags: ['Orders'],
        summary,
        params: ItemPath,
        querystring: Query,
        response: responses(200, Link, `Valid for ${linkSeconds / 60} minutes`, 401, 403, 404, 409, 410),
      },
      handler: async (request) => {
        const caller = callerOf(request)
        const { id, item: itemId } = parse('path', ItemPath, request.params)
        const order = await wantedOrder(context.changer.orders, caller, id)
        const item = order.items.find((each) => each.id === itemId)
        if (!item) throw new Refused('not_found', `Order ${id} has no item ${itemId}.`)
        if (!outlivesFiles) wantFilesKept(order)
        return linkTo(context, item, find(item, parse('query', Query, request.query)))
      },
    })
  }
}

function wantFilesKept({ id, filesGoneAt }: Order): void {
  if (filesGoneAt === undefined) return
  throw new Refused(
    'files_expired',
    `The files of order ${id} expired on ${filesGoneAt.slice(0, 10)}; retention_days of your account says how long they stay.`,
  )
}

async function linkTo({ uploads, printFilesBucket, now }: ApiContext, item: Item, found: Found | undefined) {
  if (!found) {
    const isOver = item.printFiles.length > 0 || item.status === 'failed'
    if (isOver) throw new Refused('not_found', `Item ${item.id} has nothing like that; its status is ${item.status}.`)
    throw new Refused('print_file_not_ready', `Item ${item.id} is ${item.status}; ask again when it is ready.`)
  }
  return {
    url: await uploads.getLink(printFilesBucket, found.key, linkSeconds, found.name),
    expires_at: new Date(now().getTime() + linkSeconds * 1000).toISOString(),
    content_type: found.contentType,
    ...(found.component === undefined ? {} : { component: found.component }),
  }
}
