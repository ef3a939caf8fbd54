import { join } from 'node:path'
import { createLog } from '#chassis/log.ts'
import { onParentGone } from '../parent-gone.ts'
import { readLocalFile } from '../platform/local-file.ts'
import { makeSamples } from '../samples/make-samples.ts'
import { nameShop } from './name-shop.ts'
import { openShop } from './open-shop.ts'
import { shopFileIn } from './shop-file.ts'

/** Opens the demo shop of the platform on a data folder, beside whatever else goes on there, and ends. */
const [dataFolder = ''] = process.argv.slice(2)
const log = createLog('demo-shop')
const ending = new AbortController()
process.on('SIGTERM', () => ending.abort())
onParentGone(() => ending.abort())
try {
  const local = readLocalFile(dataFolder)
  if (!local) throw new Error(`No platform runs on ${dataFolder}`)
  const samples = () => makeSamples(join(dataFolder, 'samples'), () => undefined)
  await nameShop(dataFolder, local, ending.signal)
  await openShop(shopFileIn(dataFolder), local, samples, ending.signal)
} catch (error) {
  if (!ending.signal.aborted) log.error({ err: error }, 'demo_shop_not_opened')
}
process.exit()
