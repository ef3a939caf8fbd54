import { randomBytes } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** The platform's master key: made on the first start, the same ever after. The file is readable by its owner only. */
export async function rememberedMasterKeys(dataFolder: string): Promise<string> {
  const path = join(dataFolder, 'seed', 'master-keys')
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known !== '') return known.trim()
  const made = randomBytes(32).toString('base64')
  await mkdir(join(dataFolder, 'seed'), { recursive: true })
  await writeFile(path, `${made}\n`, { mode: 0o600 })
  return made
}
