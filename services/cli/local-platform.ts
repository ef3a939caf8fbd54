import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Type } from 'typebox'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { parse } from '#contracts/parse.ts'
import { exitCodes } from './exit-codes.ts'
import type { Profile } from './profiles.ts'

const LocalFile = Type.Object({ baseUrl: Type.String(), secretKey: Type.String() })

/** The platform that "npm start" runs: in this folder, one above it, or where this program lies. Throws CommandFault (69). */
export async function localPlatform(folder: string): Promise<Profile> {
  for (const each of [...upwards(folder), join(import.meta.dirname, '..', '..')]) {
    const found = await readLocal(join(each, '.printcloud', 'local.json'))
    if (found) return found
  }
  throw new CommandFault(exitCodes.unreachable, [
    'No platform runs on this machine.',
    `There is no .printcloud/local.json in ${folder} or above.`,
    'Run "npm start" in the folder of Printcloud, then try again.',
  ])
}

async function readLocal(path: string): Promise<Profile | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'))
    if (typeof content !== 'object' || content === null) return undefined
    const { baseUrl, secretKey } = parse('local.json', LocalFile, content)
    return { apiUrl: baseUrl, apiKey: secretKey }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

function upwards(folder: string): readonly string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [folder, ...upwards(above)]
}
