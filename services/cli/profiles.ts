import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname, isAbsolute, join } from 'node:path'
import { type Static, Type } from 'typebox'
import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { ifThere } from '#chassis/if-there.ts'
import { parse } from '#contracts/parse.ts'
import { exitCodes } from './exit-codes.ts'

const Profile = Type.Object({
  apiUrl: Type.String(),
  apiKey: Type.String(),
  /** Where it is not that of the API. */
  cdnUrl: Type.Optional(Type.String()),
})
export type Profile = Static<typeof Profile>

const Profiles = Type.Object({ current: Type.String(), profiles: Type.Record(Type.String(), Profile) })
export type Profiles = Static<typeof Profiles>

type Folders = {
  /** Empty where nobody knows it. */
  readonly home: string
  readonly platform: string
  readonly XDG_CONFIG_HOME?: string
  readonly APPDATA?: string
}

/** Where the keys of the profiles are kept: never in the folder of the moment, which others may read. Throws CommandFault (66). */
export function profilesPath({ home, platform, XDG_CONFIG_HOME, APPDATA }: Folders): string {
  const folders =
    platform === 'win32' ? [APPDATA, join(home, 'AppData', 'Roaming')] : [XDG_CONFIG_HOME, join(home, '.config')]
  const folder = folders.find((each) => each !== undefined && isAbsolute(each))
  if (folder !== undefined) return join(folder, 'printcloud', 'profiles.json')
  throw new CommandFault(exitCodes.noInput, [
    'It is not known where your settings are kept.',
    'HOME names no folder, and this user has none.',
    'Set HOME, or PRINTCLOUD_API_URL and PRINTCLOUD_API_KEY.',
  ])
}

/** All profiles; none when the file is not there yet. */
export async function readProfiles(path: string): Promise<Profiles> {
  const text = await ifThere(readFile(path, 'utf8'))
  if (text === undefined) return { current: 'default', profiles: {} }
  try {
    return parse('profiles', Profiles, JSON.parse(text))
  } catch (cause) {
    throw new CommandFault(
      exitCodes.noInput,
      [
        `${path} cannot be understood.`,
        'It was changed or cut off.',
        'Delete it, then run "npx printcloud login" again.',
      ],
      { cause },
    )
  }
}

/** Written aside and renamed, for its owner only: it holds keys. */
export async function writeProfiles(path: string, profiles: Profiles): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const draft = `${path}.${process.pid}.new`
  await writeFile(draft, `${JSON.stringify(profiles, undefined, 2)}\n`, { mode: 0o600 })
  await chmod(draft, 0o600)
  await rename(draft, path)
}
