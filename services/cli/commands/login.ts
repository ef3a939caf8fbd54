import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { createClient, PrintcloudError } from '../../order-client/index.ts'
import { askLine, askSecret } from '../ask.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { localPlatform } from '../local-platform.ts'
import { paintOf, tell } from '../output.ts'
import { type Profile, readProfiles, writeProfiles } from '../profiles.ts'
import { usageFault } from '../read-arguments.ts'
import { keyHint, worldOf } from '../text/key-words.ts'

export const login: Command = {
  name: 'login',
  usage: '--url URL | --local',
  summary: 'keep a key, for this user only',
  options: {
    key: { value: 'KEY', text: 'sk_test_… or sk_live_…; asked for without it, which keeps it out of your history' },
    url: { value: 'URL', text: 'address of the API' },
    cdn: { value: 'URL', text: 'address of the CDN, where it is another one' },
    local: { text: 'the platform that "npm start" runs on this machine' },
  },
  details:
    'The key is kept in the folder of your settings, readable by you alone.\n--profile NAME keeps several side by side.',
  run: async (context) => {
    const { given, profilesPath } = context
    const name = given.text('profile') ?? 'default'
    const profile = given.has('local') ? await localPlatform(process.cwd()) : await askedProfile(context)
    const account = await accountOf(profile)
    const known = await readProfiles(profilesPath)
    await writeProfiles(profilesPath, { current: name, profiles: { ...known.profiles, [name]: profile } })
    const result = { profile: name, api_url: profile.apiUrl, key: keyHint(profile.apiKey), account }
    const paint = paintOf(context)
    tell(context, result, () =>
      [
        `${paint.strong('Logged in')}${account === undefined ? '' : ` as ${account.name}`} · ${worldOf(profile.apiKey)}`,
        paint.quiet(`${profile.apiUrl} · profile ${name} · kept in ${profilesPath}`),
      ].join('\n'),
    )
    return exitCodes.fine
  },
}

export const logout: Command = {
  name: 'logout',
  usage: '',
  summary: 'forget the key of a profile',
  options: {},
  run: async (context) => {
    const known = await readProfiles(context.profilesPath)
    const name = context.given.text('profile') ?? known.current
    const { [name]: gone, ...rest } = known.profiles
    const current = name === known.current ? (Object.keys(rest)[0] ?? 'default') : known.current
    if (gone) await writeProfiles(context.profilesPath, { current, profiles: rest })
    tell(context, { profile: name, was_logged_in: gone !== undefined }, () =>
      gone
        ? `Logged out of ${name}. The key itself still works; revoke it with "keys revoke".`
        : `Nobody was logged in as ${name}.`,
    )
    return exitCodes.fine
  },
}

async function askedProfile({ given, signal, terminal }: CommandContext): Promise<Profile> {
  const mayAsk = terminal.isInteractive
  const apiUrl = given.text('url') ?? (mayAsk ? await askLine('Address of the API: ', signal) : '')
  if (!isAddress(apiUrl)) {
    throw usageFault('The address of the API is missing.', '--url takes it, such as https://api.example.com.', 'login')
  }
  const cdnUrl = given.text('cdn')
  if (cdnUrl !== undefined && !isAddress(cdnUrl)) {
    throw usageFault('--cdn is no address.', 'It is one such as https://cdn.example.com.', 'login')
  }
  const apiKey = given.text('key') ?? (await askSecret('API key (not shown): ', signal))
  if (!/^sk_(test|live)_\w{8,}$/.test(apiKey)) {
    throw usageFault('That is no secret key.', 'It begins with sk_test_ or sk_live_.', 'login')
  }
  const cdn = cdnUrl === undefined ? {} : { cdnUrl: cdnUrl.replace(/\/+$/, '') }
  return { apiUrl: apiUrl.replace(/\/+$/, ''), apiKey, ...cdn }
}

const isAddress = (text: string): boolean => /^https?:\/\//.test(text) && URL.canParse(text)

/** Proves the key. One that may not read the account is a good key all the same. */
async function accountOf({ apiUrl, apiKey }: Profile) {
  try {
    const { id, name } = await createClient({ baseUrl: apiUrl, apiKey, retries: 1 }).account.get()
    return { id, name }
  } catch (error) {
    if (error instanceof PrintcloudError && error.status === 403) return undefined
    if (!(error instanceof PrintcloudError) || error.status !== 401) throw error
    throw new CommandFault(
      exitCodes.noRight,
      [`${apiUrl} does not know this key.`, error.detail, 'Check it and log in again; nothing was kept.'],
      { cause: error },
    )
  }
}
