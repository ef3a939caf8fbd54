import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { type Static, Type } from 'typebox'
import type { Order } from '#contracts/order-api/order.ts'
import { OrderList } from '#contracts/order-api/order-lists.ts'
import { parse } from '#contracts/parse.ts'
import { messageSchema } from '../../local/cloud/mailbox/message.ts'
import { tables } from '../../local/platform/cloud-environment.ts'
import { Checkout } from '../../services/button-checkout/checkouts/checkout.ts'
import type { Journey } from './journey.ts'
import type { Visit } from './paying-visitor.ts'

const Books = Type.Array(
  Type.Object({
    kind: Type.Enum(['charge', 'refund']),
    amount: Type.Integer(),
    session: Type.String(),
    checkout: Type.String(),
  }),
)
type Books = Static<typeof Books>
const Mails = Type.Array(messageSchema)

/** What became of one visit by everybody's records. */
type Outcome = {
  readonly visit: Visit
  readonly charges: Books
  readonly refunds: Books
  readonly orders: readonly Order[]
  readonly checkout: Checkout | undefined
  /** Subjects of mails. */
  readonly subjects: readonly string[]
}

/** The provider's books, the publisher's orders, the mailbox and the numbers, held against each other. `open`: what is not done yet. */
export async function moneyStanding(
  journey: Journey,
  payments: string,
  dynamo: DynamoDBClient,
  visits: readonly Visit[],
) {
  const books = parse('books', Books, await jsonAt(`${payments}/control/books`))
  const mails = parse('mails', Mails, await jsonAt(`${journey.platform().local.mailUrl}/messages.json?limit=1000`))
  const [orders, checkouts] = [await allOrders(journey), await allCheckouts(dynamo)]
  const outcomes = visits.map((visit): Outcome => {
    const mine = books.filter(({ checkout }) => checkout === visit.id)
    return {
      visit,
      charges: mine.filter(({ kind }) => kind === 'charge'),
      refunds: mine.filter(({ kind }) => kind === 'refund'),
      orders: orders.filter(({ sale }) => sale?.checkout_id === visit.id),
      checkout: checkouts.find(({ id }) => id === visit.id),
      subjects: mails.filter(({ to }) => to.includes(visit.email)).map(({ subject }) => subject),
    }
  })
  const told = (say: (outcome: Outcome) => readonly string[]): string[] =>
    outcomes.flatMap((each) => say(each).map((what) => `${each.visit.habit} ${each.visit.id}: ${what}`))
  const invoices = checkouts.flatMap(({ invoice }) => invoice?.number ?? [])
  const notes = checkouts.flatMap(({ refunds }) => refunds.flatMap(({ note }) => note?.number ?? []))
  const open = told(leftOf)
  return {
    open,
    faults: [...told(faultsOf), ...(open.length === 0 ? [...gapsIn(invoices), ...gapsIn(notes)] : [])],
    charges: books.filter(({ kind }) => kind === 'charge').length,
    refunds: books.filter(({ kind }) => kind === 'refund').length,
    ...{ orders: orders.length, invoices: invoices.length, notes: notes.length, mails: mails.length },
    twice: outcomes.filter(({ subjects }) => mostAlike(subjects) > 1).length,
  }
}

const sum = (amounts: readonly number[]): number => amounts.reduce((all, each) => all + each, 0)
const amountsOf = (books: Books): number[] => books.map(({ amount }) => amount)

/** What somebody still has to do. */
function leftOf({ visit, charges, refunds, orders, checkout, subjects }: Outcome): readonly string[] {
  const kept = sum(amountsOf(charges)) - sum(amountsOf(refunds))
  const owed = sum(orders.map(({ sale }) => (sale?.amount ?? 0) - (sale?.refunded ?? 0)))
  const isPaid = charges.length > 0
  const isWaiting = checkout?.state === 'paid' || checkout?.state === 'paying'
  return [
    ...(kept === owed ? [] : [`kept ${kept}, of orders ${owed}`]),
    ...(isPaid && isWaiting ? [`it is ${checkout.state}`] : []),
    ...(checkout?.refunds.some(({ reference }) => reference === undefined) ? ['a refund is not made'] : []),
    ...(isPaid && orders.length === 0 && visit.habit !== 'cancels' ? ['paid and not ordered'] : []),
    ...(isPaid && subjects.length === 0 ? ['no mail'] : []),
    ...(isPaid && orders.length > 0 && checkout?.invoice === undefined ? ['no invoice'] : []),
  ]
}

/** What must never be. */
function faultsOf({ visit, charges, orders, subjects }: Outcome): readonly string[] {
  const paid = amountsOf(charges)
  const misled = charges.filter(({ session, amount }) => visit.clicked.get(session) !== amount)
  const wrong = orders.filter(({ sale, charges: ordered }) => sale?.amount !== ordered?.gross)
  const unpaid = orders.filter(({ sale }) => !paid.includes(sale?.amount ?? 0))
  return [
    ...(orders.length > 1 ? [`${orders.length} orders`] : []),
    ...misled.map(({ session, amount }) => `charged ${amount}, the button said ${visit.clicked.get(session)}`),
    ...wrong.map(({ id }) => `${id} was not ordered as paid`),
    ...unpaid.map(({ id }) => `${id} was ordered and not paid`),
    ...(mostAlike(subjects) > 2 ? [`${mostAlike(subjects)} times the same mail`] : []),
    ...(paid.length === 0 && subjects.length > 0 ? ['mail, and nothing was paid'] : []),
  ]
}

const mostAlike = (subjects: readonly string[]): number =>
  Math.max(0, ...subjects.map((subject) => subjects.filter((each) => each === subject).length))

/** 1, 2, 3 …, each once. */
function gapsIn(numbers: readonly string[]): string[] {
  const found = numbers.map((text) => Number(/(\d{6})$/.exec(text)?.[1])).sort((a, b) => a - b)
  const isWhole = found.every((number, place) => number === place + 1)
  return isWhole ? [] : [`numbers with gaps or doubles: ${found.join(' ')}`]
}

async function jsonAt(url: string): Promise<unknown> {
  return (await fetch(url)).json()
}

async function allOrders({ customer }: Journey): Promise<readonly Order[]> {
  const orders: Order[] = []
  for (let cursor = ''; ; ) {
    const page = await customer.read(OrderList, `/v1/orders?limit=100${cursor}`)
    orders.push(...page.data)
    if (page.next === null) return orders
    cursor = `&cursor=${page.next}`
  }
}

async function allCheckouts(dynamo: DynamoDBClient): Promise<readonly Checkout[]> {
  const { Items = [] } = await dynamo.send(new ScanCommand({ TableName: tables.checkouts }))
  return Items.flatMap(({ id, doc }) =>
    id?.S?.startsWith('chk_') ? [parse('checkout', Checkout, JSON.parse(doc?.S ?? ''))] : [],
  )
}
