import { createHash } from 'node:crypto'
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { productOf } from '#contracts/catalogue/catalogue.ts'
import { type FileRole, fileRoles } from '#contracts/catalogue/product.ts'
import { inspectImage } from '../../../services/processor/inspect/inspect-image.ts'
import { inspectPdf } from '../../../services/processor/inspect/inspect-pdf.ts'
import { planJob } from '../../../services/processor/plan/plan-job.ts'
import { produce } from '../../../services/processor/produce/produce.ts'

/**
 * Makes one job in this process and prints name and sha256 of everything that it made:
 * `node make-once.ts FOLDER SKU ROLE PICTURES-AHEAD FILE…`.
 */
const [folder = '', sku = '', wanted = '', ahead = '1', ...paths] = process.argv.slice(2)
const product = productOf(sku)
if (!product) throw new Error(`There is no ${sku}`)
const role: FileRole = fileRoles.find((each) => each === wanted) ?? 'interior'
const sources = paths.map((path, index) => {
  symlinkSync(path, join(folder, `source-${index}`))
  const format = path.endsWith('.pdf') ? ('pdf' as const) : ('jpeg' as const)
  return { file: `source-${index}`, label: `${role}/${index + 1}`, role, format }
})
const described = []
for (const source of sources) {
  const path = join(folder, source.file)
  const facts = await (source.format === 'pdf' ? inspectPdf(path) : inspectImage(path, 'jpeg'))
  described.push({ role, label: source.label, facts })
}
const planned = planJob({ product, title: 'Along the River', options: {}, sources: described })
if (planned.outcome === 'reject') throw new Error(JSON.stringify(planned.findings))
const files = sources.map(({ role: _, ...source }) => source)
const { outputs } = await produce(folder, planned.plan, files, 'a'.repeat(32), () => undefined, Number(ahead))
const sums = outputs.map(({ component, file, base = '' }) => {
  const sha256 = createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('hex')
  return `${component} ${base} ${sha256}`
})
process.stdout.write(`${sums.join('\n')}\n`)
