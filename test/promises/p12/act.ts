import { randomUUID } from 'node:crypto'
import { type AccessRow, accessTable, type Named } from '../p11/access-table.ts'
import { unknownIds } from '../p11/belongings.ts'
import { make } from './make.ts'
import { mayReach, type Owner } from './sightings.ts'
import type { Step } from './steps.ts'
import { type Answer, orderOf, type Thing, type World } from './world.ts'

/** Does one step, and throws when an answer is not what the model says. */
export function act(world: World, step: Step): Promise<void> {
  switch (step.does) {
    case 'make':
      return make(world, step.by, step.what)
    case 'reach':
      return reach(world, step)
    case 'mix':
      return mix(world, step)
    case 'list':
      return list(world, step)
    case 'smuggle':
      return smuggle(world, step)
    default:
      return step satisfies never
  }
}

const chosen = (world: World, kinds: readonly Named[], place: number): Thing | undefined => {
  const fitting = world.things.filter((thing) => kinds.every((kind, index) => thing.kinds[index] === kind))
  return fitting[place % Math.max(1, fitting.length)]
}

/** What answers to ids that nothing has were, by route and caller: they never change. */
const answersToUnknown = new WeakMap<World, Map<string, string>>()

async function reach(world: World, { by, row, thing: place }: Extract<Step, { does: 'reach' }>): Promise<void> {
  const kinds = row.ids ?? []
  const thing = chosen(world, kinds, place)
  if (!thing) return
  const ids = thing.ids.slice(0, kinds.length)
  const isOpen = row.onlyIn === undefined || by.isTest === (row.onlyIn === 'test')
  if (isOpen && mayReach(by, thing.owner, kinds)) {
    if (row.route.startsWith('DELETE ') && !kinds.includes('key')) forget(world, thing)
    const { status, text } = await callRow(world, by, row, ids)
    world.counts.own += 1
    if (!thing.isGone && text.includes('"code":"not_found"'))
      throw new Error(`${row.route} lost ${ids}: ${status} ${text}`)
    return
  }
  world.counts.foreign += 1
  const foreign = comparable(await callRow(world, by, row, ids), ids)
  const unknown = await answerToUnknown(world, by, row)
  if (foreign !== unknown) throw new Error(`${row.route}: a foreign id gives ${foreign}, an unknown one ${unknown}`)
}

/** What is removed takes with it what it contains: a webhook its deliveries. Revoked keys stay. */
function forget({ things }: World, { ids: [id] }: Thing): void {
  for (const thing of things) if (thing.ids[0] === id) thing.isGone = true
}

async function answerToUnknown(world: World, by: Owner, row: AccessRow): Promise<string> {
  const known = answersToUnknown.get(world) ?? new Map<string, string>()
  answersToUnknown.set(world, known)
  const name = `${row.route} ${by.account} ${by.isTest}`
  const ids = unknownIds(row.ids ?? [])
  const answer = known.get(name) ?? comparable(await callRow(world, by, row, ids), ids)
  known.set(name, answer)
  return answer
}

const mostTries = 3

/** One's own order with an item of somebody or something else is like one's own order with an item that nothing has. */
async function mix(world: World, { by, row, own, thing }: Extract<Step, { does: 'mix' }>): Promise<void> {
  const mine = world.things.filter(({ kinds, owner }) => kinds[0] === 'order' && mayReach(by, owner, ['order']))
  const [order = ''] = mine[own % Math.max(1, mine.length)]?.ids ?? []
  const [, item = ''] = chosen(world, ['order', 'item'], thing)?.ids ?? []
  if (order === '' || mine.some(({ ids }) => ids[0] === order && ids[1] === item)) return
  const [, unknownItem = ''] = unknownIds(row.ids ?? [])
  world.counts.foreign += 1
  const answer = async (id: string) => comparable(await callRow(world, by, row, [order, id]), [order, id])
  await expectAlike(row.route, answer, item, unknownItem)
}

/** A list is searched for what is not the caller's by every call; here it also begins at, or asks for, foreign ids. */
async function list(world: World, { by, path, thing }: Extract<Step, { does: 'list' }>): Promise<void> {
  const named = /#(order|key)/.exec(path)?.[1]
  const id = named === undefined ? '' : (chosen(world, [named === 'key' ? 'key' : 'order'], thing)?.ids[0] ?? '')
  if (named !== undefined && id === '') return
  const { status, text } = await world.call(by, { method: 'GET', path: path.replace(/#\w+/, id) })
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`)
}

/** What is named inside a body or a header, and is not the caller's, is like what does not exist. */
async function smuggle(world: World, { by, how, thing: place }: Extract<Step, { does: 'smuggle' }>): Promise<void> {
  if (how === 'idempotency key') return sameKey(world, by, place)
  const kinds = kindsOf[how]
  const thing = chosen(world, kinds, place)
  if (!thing || mayReach(by, thing.owner, kinds)) return
  const foreignId = thing.ids[kinds.length - 1] ?? ''
  const unknownId = unknownIds(kinds).at(-1) ?? ''
  const order = world.things.find(({ kinds: its, owner }) => its[0] === 'order' && mayReach(by, owner, ['order']))
  world.counts.foreign += 1
  const answer = async (id: string): Promise<string> => {
    const said = comparable(await world.call(by, { method: 'POST', ...requests[how](id, by, order), asked: [id] }), [
      id,
    ])
    if (/^20\d /.test(said)) throw new Error(`${how}: was taken: ${said}`)
    return said
  }
  await expectAlike(how, answer, foreignId, unknownId)
}

/** One's own order may be changed by others at any moment, and both answers with it: so what is unknown is asked for before and after. */
async function expectAlike(
  what: string,
  answer: (id: string) => Promise<string>,
  foreignId: string,
  unknownId: string,
): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const [before, foreign, after] = [await answer(unknownId), await answer(foreignId), await answer(unknownId)]
    if (foreign === before || foreign === after) return
    if (tries === mostTries) throw new Error(`${what}: a foreign id gives ${foreign}, an unknown one ${after}`)
  }
}

const kindsOf: Readonly<Record<keyof typeof requests, readonly Named[]>> = {
  'file in an order': ['file'],
  'file in a preflight': ['file'],
  'file in a publication': ['file'],
  'publication in an order': ['publication'],
  'publication in a button': ['publication'],
  'item in a reprint': ['order', 'item'],
}

const requests = {
  'file in an order': (id: string, by: Owner) => ({
    path: '/v1/orders',
    body: { ...orderOf(by), items: [{ sku: 'poster-a3', quantity: 1, files: { image: id } }] },
  }),
  'file in a preflight': (id: string) => ({ path: '/v1/preflights', body: { sku: 'poster-a3', files: { image: id } } }),
  'file in a publication': (id: string) => ({
    path: '/v1/publications',
    body: {
      title: 'a',
      content: { kind: 'asynchronous' },
      thumbnail: { file: id },
      offers: [{ sku: 'poster-a3' }],
      currency: 'EUR',
    },
  }),
  'publication in an order': (id: string, by: Owner) => ({
    path: '/v1/orders',
    body: { ...orderOf(by), items: [{ sku: 'poster-a3', quantity: 1, publication: id, publication_version: 1 }] },
  }),
  'publication in a button': (id: string) => ({ method: 'PUT', path: '/v1/button', body: { publication: id } }),
  'item in a reprint': (id: string, _by: Owner, order: Thing | undefined) => ({
    path: `/v1/orders/${order?.ids[0] ?? unknownIds(['order'])[0]}/reprints`,
    body: { items: [{ item_id: id }], reason: 'torn', fault: 'publisher' },
  }),
}

/** Two accounts that use the same Idempotency-Key get an order of their own each. */
async function sameKey(world: World, by: Owner, place: number): Promise<void> {
  const others = [0, 1, 2].filter((account) => account !== by.account)
  const other: Owner = { account: others[place % others.length] ?? 0, isTest: by.isTest }
  const headers = { 'idempotency-key': randomUUID() }
  for (const owner of [by, other]) {
    const { status, text } = await world.call(owner, {
      method: 'POST',
      path: '/v1/orders',
      body: orderOf(owner),
      headers,
    })
    if (status !== 201) throw new Error(`An Idempotency-Key of another account: ${status} ${text}`)
  }
}

function callRow(world: World, by: Owner, row: AccessRow, ids: readonly string[]): Promise<Answer> {
  const [method = '', pattern = ''] = row.route.split(' ')
  const left = [...ids]
  const path = pattern.replaceAll(/:\w+/g, () => left.shift() ?? '')
  const text = JSON.stringify(row.body ?? {}).replaceAll('$item', ids[1] ?? unknownIds(['item'])[0] ?? '')
  const body: object = JSON.parse(text)
  const hasBody = row.body !== undefined
  return world.call(by, { method, path, asked: ids, ...(hasBody ? { body } : {}) })
}

/** What is answered but for the ids that were asked for and the request's own id. */
function comparable({ status, text, headers }: Answer, ids: readonly string[]): string {
  const without = ids.reduce((all, id, place) => all.replaceAll(id, `ID${place}`), text)
  return `${status} ${without.replace(/"request_id":"[^"]*"/, '')} ${headers}`
}

/** Routes with ids, for the figure. */
export const routesWithIds = accessTable.filter(({ ids }) => ids).length
