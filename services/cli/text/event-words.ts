import type { AccountEvent, Order, OrderEventEntry } from '../../order-client/index.ts'
import { plain } from './plain.ts'
import { words } from './words.ts'

type Happened = Pick<AccountEvent | OrderEventEntry, 'type' | 'data'>

/** "order.in_production" → "order in production", with what people want to know of it. */
export function eventWords({ type, data }: Happened): string {
  const facts = ['carrier', 'tracking_number', 'cause', 'reason', 'codes', 'outcome', 'worst', 'failure'].flatMap(
    (name) => {
      const value = data[name]
      if (Array.isArray(value)) return value.length > 0 ? [value.map(String).join(', ')] : []
      return typeof value === 'string' && value !== '' ? [value] : []
    },
  )
  const name = words(type.replace('.', ' '))
  return plain(facts.length > 0 ? `${name}: ${facts.join(' ')}` : name)
}

/** Which item it is about, where an order has several. */
export function itemWords({ data }: Happened, { items }: Order): string {
  const item = items.find(({ id }) => id === data.item_id)
  return item === undefined || items.length === 1 ? '' : ` (${item.sku})`
}
