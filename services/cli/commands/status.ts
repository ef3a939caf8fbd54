import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { createClient, PrintcloudError, type StatusDocument } from '../../order-client/index.ts'
import type { Command, CommandContext } from '../command.ts'
import { exitCodes } from '../exit-codes.ts'
import { paintOf, tell } from '../output.ts'
import { usageFault } from '../read-arguments.ts'
import { conditionOf, statusText } from '../text/status-text.ts'

export const status: Command = {
  name: 'status',
  usage: '',
  summary: 'how the platform is, also when it is down',
  options: { url: { value: 'URL', text: 'address of the CDN; that of your login without it' } },
  details:
    'Read from files that the platform and a probe write every few seconds; no key is needed.\nExit code 1 when it is down, or when nobody says.',
  run: async (context) => {
    const cdnUrl = await cdnUrlOf(context)
    const { published } = createClient({ baseUrl: cdnUrl, retries: 1, freshSeconds: 0 })
    const [platform, probe] = await Promise.all(
      (['platform', 'probe'] as const).map((writtenBy) =>
        unlessMissing(published.status({ writtenBy, signal: context.signal }), cdnUrl),
      ),
    )
    const told = { platform, probe, pageUrl: `${cdnUrl}/status` }
    const condition = conditionOf(told, Date.now())
    const result = { condition, platform: platform ?? null, probe: probe ?? null, page_url: told.pageUrl }
    tell(context, result, () => statusText(told, Date.now(), paintOf(context)))
    return condition === 'working' || condition === 'degraded' ? exitCodes.fine : exitCodes.endedBadly
  },
}

async function cdnUrlOf({ given, cdnUrl }: CommandContext): Promise<string> {
  const url = given.text('url') ?? (await cdnUrl())
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url.replace(/\/+$/, '')
  throw usageFault(`--url is ${JSON.stringify(url)}.`, 'It is an address, such as https://cdn.example.com.', 'status')
}

/** Where nobody has written anything yet, nothing is known; that is no fault. Throws CommandFault (69) where there is no answer at all. */
async function unlessMissing(reading: Promise<StatusDocument>, cdnUrl: string): Promise<StatusDocument | undefined> {
  try {
    return await reading
  } catch (error) {
    if (!(error instanceof PrintcloudError)) throw error
    if (error.status === 404) return undefined
    const lines = [
      `${cdnUrl} does not tell the status.`,
      error.detail,
      'Check the address, and that this machine is online: the status lies at the CDN, whatever the platform does.',
    ] as const
    throw new CommandFault(exitCodes.unreachable, lines, { cause: error })
  }
}
