import { CommandFault } from '#chassis/command-line/command-fault.ts'
import { PrintcloudError } from '../order-client/index.ts'
import { type ExitCode, exitCodes } from './exit-codes.ts'
import { wrapped } from './text/wrapped.ts'
import { itemOptions } from './wanted-items.ts'
import { recipientOptions } from './wanted-recipient.ts'

/** What the API or the network said, in three lines: what, why, what to do. Anything else is a bug and stays as it is. */
export function faultOf(error: unknown): unknown {
  if (!(error instanceof PrintcloudError)) return error
  const request = error.requestId === '' || error.status === 0 ? '' : ` (${error.requestId})`
  return new CommandFault(
    exitCodeOf(error),
    [`${error.title}: ${error.code}${request}`, wrapped(whyOf(error), 79).join('\n'), adviceFor(error)],
    { cause: error },
  )
}

/** What was said, then each field that it is about, unless that says the same. */
function whyOf({ detail, errors }: PrintcloudError): string {
  const said = pointsAtFields.test(detail) || errors.some((each) => each.detail === detail) ? '' : detail
  // Some details quote their field's: then only where it was found is new.
  const fields = errors.map((each) =>
    said.includes(each.detail)
      ? `  in ${nameOf(each.pointer)}`
      : `  ${nameOf(each.pointer)} ${each.detail.replace(aboutPages, '')}`,
  )
  return [...(said === '' ? [] : [said]), ...fields].join('\n')
}

/** Words of the API that only say that the fields follow. */
const pointsAtFields = /^$|listed in errors/

/** What a program may send instead is no help to whoever types; the advice says what is. */
const aboutPages = /; say how many pages of content .*$/

/** "/items/0/postal_code" → "--postal-code", where that is how the command line says it. */
function nameOf(pointer: string): string {
  if (/^\/offers\/\d+\/margin/.test(pointer)) return '--margin'
  if (/^\/(content\/(url|file)|title|currency)$/.test(pointer)) return `--${pointer.split('/').at(-1)}`
  const option = (pointer.split('/').at(-1) ?? '').replaceAll('_', '-')
  if (option === 'shipping-method') return '--shipping'
  return Object.hasOwn(itemOptions, option) || Object.hasOwn(recipientOptions, option) ? `--${option}` : pointer
}

function exitCodeOf({ status, code, isRetryable }: PrintcloudError): ExitCode {
  if (status === 401 || status === 403) return exitCodes.noRight
  if (code === 'network_error' || code === 'timeout' || code === 'circuit_open') return exitCodes.unreachable
  return isRetryable ? exitCodes.tryLater : exitCodes.refused
}

const advice: Readonly<Record<string, string>> = {
  unauthenticated: 'Run "npx printcloud login" with a key that is valid.',
  insufficient_scope: 'Log in with a key that has this scope; "npx printcloud keys list" shows what each key may do.',
  forbidden: 'Use a key of the kind that is asked for.',
  not_found: 'Check the id, and that you are in the right world: test and live do not see each other.',
  insufficient_credit: '"npx printcloud balance" shows what there is; pay in, then run the same command again.',
  quote_expired: 'Ask for a new quote with "npx printcloud quote".',
  version_conflict: '"npx printcloud publications show ID" shows what is there now; run the command again on that.',
  network_error: 'Check the address ("npx printcloud whoami") and that the API runs, then run the same command again.',
  timeout: 'Run the same command again in a moment.',
}

function adviceFor({ code, detail, errors, isRetryable, retryAfterSeconds }: PrintcloudError): string {
  if (errors.some((each) => aboutPages.test(each.detail))) {
    return 'Say --pages N; "npx printcloud preflight FILE --sku SKU" counts them.'
  }
  // Of an order there is a list of what is possible; a publication's detail says it all.
  if (code === 'action_not_allowed' && /\bpub_/.test(detail)) {
    return '"npx printcloud publications versions ID" shows what there is.'
  }
  if (code === 'action_not_allowed') return '"npx printcloud actions ID" lists what is possible, and until when.'
  if (detail.includes('is not in the catalogue')) return '"npx printcloud products" lists what there is.'
  const known = advice[code]
  if (known !== undefined) return known
  if (retryAfterSeconds !== undefined) return `Run the same command again in ${retryAfterSeconds} seconds.`
  if (isRetryable) return 'Run the same command again in a moment.'
  // The client's own code: docs/errors.md has those of the API.
  if (code === 'upload_failed') return 'Mend what is named above, then run the command again.'
  return `Mend what is named above, then run the command again; docs/errors.md explains ${code}.`
}
