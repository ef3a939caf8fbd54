import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { exitCodes } from './exit-codes.ts'
import { type Profile, readProfiles } from './profiles.ts'

/** As whom, and where to; `profile` is the name it came from. */
export type Connection = Profile & { readonly profile: string }

type Asked = {
  readonly profile: string | undefined
  /** Not asked where the environment says all. */
  readonly profilesPath: () => string
  readonly apiUrl: string | undefined
  readonly apiKey: string | undefined
}

/** The environment before the profile that was asked for, that before the one of the last login. Throws CommandFault (77). */
export async function connectionOf({ profile, profilesPath, apiUrl, apiKey }: Asked): Promise<Connection> {
  if (apiUrl !== undefined && apiKey !== undefined) return { apiUrl, apiKey, profile: 'environment' }
  const path = profilesPath()
  const known = await readProfiles(path)
  const name = profile ?? known.current
  const found = Object.hasOwn(known.profiles, name) ? known.profiles[name] : undefined
  // Another API than the profile's has another CDN.
  const cdn = apiUrl === undefined && found?.cdnUrl !== undefined ? { cdnUrl: found.cdnUrl } : {}
  if (found) return { apiUrl: apiUrl ?? found.apiUrl, apiKey: apiKey ?? found.apiKey, profile: name, ...cdn }
  const others = Object.keys(known.profiles).join(', ')
  throw new CommandFault(exitCodes.noRight, [
    profile === undefined ? 'You are not logged in.' : `There is no profile ${JSON.stringify(profile)}.`,
    others === '' ? `No key is kept in ${path}.` : `The profiles are ${others}.`,
    'Run "npx printcloud login", or set PRINTCLOUD_API_URL and PRINTCLOUD_API_KEY.',
  ])
}
