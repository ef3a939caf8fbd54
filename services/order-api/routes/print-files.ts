import { Type } from 'typebox'
import { Refused } from '#chassis/errors.ts'
import { components } from '#contracts/geometry/component.ts'
import { NumberText } from '#contracts/order-api/number-text.ts'
import { Link } from '#contracts/order-api/problem.ts'
import { parse } from '#contracts/parse.ts'
import type { Item } from '../orders/order.ts'
import { callerOf, needs } from './access.ts'
import type { AddRoutes, ApiContext } from './context.ts'
import { responses } from './responses.ts'
import { wantedOrder } from './wanted-order.ts'

const ItemPath = Type.Object({ id: Type.String({ maxLength: 60 }), item: Type.String({ maxLength: 60 }) })
const Query = Type.Object(
  {
    component: Type.Optional(Type.Enum(components, { description: 'which of the files; the first without' })),
    page: Type.Optional(NumberText('^[0-9]{1,4}$', { minimum: 0 }, 'the number of the page; the first without')),
  },
  { additionalProperties: false },
)
type Wanted = { readonly component?: string; readonly page?: string }
type Found = { readonly key: string; readonly contentType: string; readonly component?: string; readonly name: string }

const linkSeconds = 900

/** What can be fetched of an item once it is made, each as a short-lived link. */
const kinds: Readonly<
  Record<string, { readonly summary: string; readonly find: (item: Item, wanted: Wanted) => Found | undefined }>
> = {
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
    find: ({ reportKey }) =>
      reportKey === undefined
        ? undefined
        : { key: reportKey, contentType: 'application/json', name: 'preflight-report.json' },
  },
  receipt: {
    summary: 'A link to the receipt: inputs, rules, versions and hashes',
    find: ({ receiptKey }) =>
      receiptKey === undefined ? undefined : { key: receiptKey, contentType: 'application/json', name: 'receipt.json' },
  },
}

/** GET /v1/orders/:id/items/:item/{print-file, preview, preflight-report, receipt}. */
export const addPrintFileRoutes: AddRoutes = (app, context) => {
  for (const [name, { summary, find }] of Object.entries(kinds)) {
    app.get(`/v1/orders/:id/items/:item/${name}`, {
      config: needs('orders:read'),
      schema: {
        tags: ['Orders'],
        summary,
        params: ItemPath,
        querystring: Query,
        response: responses(200, Link, `Valid for ${linkSeconds / 60} minutes`, 401, 403, 404, 409),
      },
      handler: async (request) => {
        const caller = callerOf(request)
        const { id, item: itemId } = parse('path', ItemPath, request.params)
        const order = await wantedOrder(context.changer.orders, caller, id)
        const item = order.items.find((each) => each.id === itemId)
        if (!item) throw new Refused('not_found', `Order ${id} has no item ${itemId}.`)
        return linkTo(context, item, find(item, parse('query', Query, request.query)))
      },
    })
  }
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
