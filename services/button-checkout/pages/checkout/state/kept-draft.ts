import { type Draft, fieldNames } from './draft.ts'

const keyOf = (name: string): string => `printcloud-draft:${name}`

/** What was typed and is not saved yet stays in this tab, through reloads, back and forth, until it is ordered. `name`: of the checkout or publication. */
export function keepDraft(storage: Storage | undefined, name: string, draft: Draft): void {
  try {
    storage?.setItem(keyOf(name), JSON.stringify(draft))
  } catch {
    // No room, or none allowed: then a reload shows what the server has.
  }
}

/** What was kept under that name, over what the page begins with; the cart only where it still is one of this shop. */
export function keptDraft(storage: Storage | undefined, name: string, first: Draft, offers: number): Draft {
  const kept = readKept(storage, name)
  if (!kept) return first
  const { country, method, fields, cart } = kept
  const typed = isObject(fields)
    ? Object.fromEntries(fieldNames.flatMap((each) => (typeof fields[each] === 'string' ? [[each, fields[each]]] : [])))
    : {}
  return {
    ...first,
    fields: { ...first.fields, ...typed },
    ...(typeof country === 'string' && /^[A-Z]{2}$/.test(country) ? { country } : {}),
    ...(method === 'standard' || method === 'express' ? { method } : {}),
    ...(isCart(cart) && cart.offer < offers ? { cart } : {}),
    ...(typeof kept.isSideways === 'boolean' ? { isSideways: kept.isSideways } : {}),
  }
}

/** Once it is ordered nobody needs it. */
export function forgetDraft(storage: Storage | undefined, name: string): void {
  try {
    storage?.removeItem(keyOf(name))
  } catch {
    // As above.
  }
}

function readKept(storage: Storage | undefined, name: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(storage?.getItem(keyOf(name)) ?? 'null')
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

const isCart = (value: unknown): value is Draft['cart'] =>
  isObject(value) &&
  typeof value.offer === 'number' &&
  typeof value.quantity === 'number' &&
  isObject(value.options) &&
  Object.values(value.options).every((each) => typeof each === 'string')
