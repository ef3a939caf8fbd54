import type { Order } from '../../order-client/index.ts'
import { count, words } from './words.ts'

type Stage = Order['stage']
const rail: readonly (readonly [string, readonly Stage[]])[] = [
  ['files', ['draft', 'awaiting_files', 'preflight']],
  ['payment', ['awaiting_payment']],
  ['grace', ['grace']],
  ['released', ['released']],
  ['in production', ['in_production', 'partially_shipped']],
  ['shipped', ['shipped']],
  ['delivered', ['delivered']],
]
/** Stations that most orders only pass. */
const passing: readonly string[] = ['payment', 'grace']

/** `✓ files  ✓ released  ● in production  ○ shipped  ○ delivered` */
export function stageRail({ stage, is_held, items }: Order): string {
  const at = rail.findIndex(([, stages]) => stages.includes(stage))
  if (at < 0) return `✗ ${words(stage)}`
  const stations = rail.flatMap(([name], index) => {
    if (index !== at && passing.includes(name)) return []
    const sign = index < at || stage === 'delivered' ? '✓' : index === at ? '●' : '○'
    return [`${sign} ${name}`]
  })
  const progress = items.find((item) => item.progress !== undefined)?.progress
  const pages = progress === undefined ? '' : `  ${progress.pages_done} of ${count(progress.pages_of_all, 'page')}`
  return `${stations.join('  ')}${is_held ? '  ! held' : ''}${pages}`
}
