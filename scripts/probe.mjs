#!/usr/bin/env node
// Looks at Printcloud from outside and writes what it sees as status/probe.json. Plain Node from 20 on and nothing else, so that this
// one file can be copied to a machine that shares nothing with the platform. docs/status.md says how to run it.
import { createHash, createHmac } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'

const usage = `node probe.mjs --api https://api.example.com --cdn https://cdn.example.com [options]

  --checkout URL        the checkout, https://checkout.example.com, where there is one
  --publication pub_…   one publication that must be there
  --file PATH           write the result into a file
  --bucket NAME         write it into a bucket, as public/v1/status/probe.json; may be given more than once,
                        NAME@REGION for another region than AWS_REGION
  --every SECONDS       look again and again; without: once
  --next SECONDS        promise the next result within this; without: three times --every, or 600

Without --file and --bucket the result goes to stdout. Buckets need AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION, and
AWS_SESSION_TOKEN where there is one; AWS_ENDPOINT_URL_S3 for an S3 that is not Amazon's.
Exit codes: 0 all works, 1 something does not, 64 wrong command line, 74 the result could not be written.`

const key = 'public/v1/status/probe.json'
const answerWithinMilliseconds = 10_000
const largestBytes = 4 * 1024 * 1024
/** Well-formed, and nobody's: to say so the API must have asked its database, seconds ago at most. */
const unknownKey = { authorization: `Bearer sk_test_${'0'.repeat(30)}2OMZgq` }
const exitCodes = { works: 0, fails: 1, usage: 64, unwritten: 74 }

const wanted = readArguments()
let code = await look(wanted)
while (wanted.everySeconds !== undefined) {
  await wait(wanted.everySeconds * 1000)
  code = await look(wanted)
}
process.exitCode = code

async function look(options) {
  const status = await statusNow(options)
  const text = `${JSON.stringify(status)}\n`
  try {
    if (options.file !== undefined) await replaceFile(options.file, text)
    const writes = await Promise.allSettled(options.buckets.map((bucket) => putObject(bucket, text)))
    const failed = writes.filter(({ status: outcome }) => outcome === 'rejected')
    for (const { reason } of failed) console.error(`probe: ${reason.message}`)
    if (failed.length > 0) return exitCodes.unwritten
  } catch (error) {
    console.error(`probe: ${error.message}`)
    return exitCodes.unwritten
  }
  if (options.file === undefined && options.buckets.length === 0) process.stdout.write(text)
  return status.condition === 'working' ? exitCodes.works : exitCodes.fails
}

/** What a visitor and a shop would find now; all questions at once. */
async function statusNow({ api, cdn, checkout, publication, nextSeconds }) {
  const paths = ['/public/v1/catalogue.json', ...(publication ? [`/public/v1/publications/${publication}.json`] : [])]
  const [orders, sales, ...documents] = await Promise.all([
    fault(`${api}/v1/account`, { status: 401, headers: unknownKey }, ({ code }) => code === 'unauthenticated'),
    checkout === undefined ? [] : checkoutParts(checkout),
    ...paths.map((path) =>
      fault(`${cdn}${path}`, { status: 200 }, ({ object }) => object === 'catalogue' || object === 'publication'),
    ),
  ])
  const parts = [
    part('orders', orders === undefined ? 'working' : 'down', orders),
    part(
      'documents',
      documents.every((each) => each === undefined) ? 'working' : documents.includes(undefined) ? 'degraded' : 'down',
      documents.find((each) => each !== undefined),
    ),
    ...sales,
  ]
  const condition = ['down', 'degraded', 'working'].find((each) => parts.some((one) => one.condition === each))
  const now = Date.now()
  return {
    object: 'status',
    written_by: 'probe',
    at: new Date(now).toISOString(),
    next_at: new Date(now + nextSeconds * 1000).toISOString(),
    condition,
    parts,
  }
}

/** Its pages are there, and what visitors fill in can be kept. */
async function checkoutParts(checkout) {
  const url = `${checkout}/checkout/healthz`
  const [down, forgetful] = await Promise.all([
    fault(url, { status: 200 }, ({ status }) => status === 'ok'),
    fault(url, { status: 200 }, ({ store }) => store === 'working'),
  ])
  if (down !== undefined) return [part('checkout', 'down', down)]
  if (forgetful === undefined) return [part('checkout', 'working')]
  return [part('checkout', 'degraded', 'What visitors fill in cannot be kept.')]
}

function part(name, condition, detail) {
  return { name, condition, ...(detail === undefined ? {} : { detail }) }
}

/** What is wrong with an address, in one sentence without the address; undefined when it answers what it should. */
async function fault(url, { status, headers = {} }, isRight) {
  try {
    const signal = AbortSignal.timeout(answerWithinMilliseconds)
    const asked = { ...headers, 'user-agent': 'printcloud-probe' }
    const response = await fetch(url, { signal, redirect: 'manual', headers: asked })
    const text = await textOf(response)
    if (response.status !== status) return `The answer was ${response.status}.`
    const read = JSON.parse(text)
    return typeof read === 'object' && read !== null && isRight(read) ? undefined : 'The answer was something else.'
  } catch (error) {
    if (error.name === 'TimeoutError') return `There was no answer within ${answerWithinMilliseconds / 1000} seconds.`
    if (error instanceof SyntaxError) return 'The answer was something else.'
    return 'There was no answer.'
  }
}

/** Stops reading what never ends. */
async function textOf({ body }) {
  const chunks = []
  let bytes = 0
  for await (const chunk of body ?? []) {
    bytes += chunk.length
    if (bytes > largestBytes) throw new SyntaxError('too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** Whoever reads the file meanwhile finds the old one or the new one. */
async function replaceFile(path, text) {
  await writeFile(`${path}.new`, text)
  await rename(`${path}.new`, path)
}

/** One S3 PUT, signed with Signature Version 4. */
async function putObject({ name, region }, text) {
  const endpoint = process.env.AWS_ENDPOINT_URL_S3 ?? process.env.AWS_ENDPOINT_URL
  const url = new URL(endpoint ? `${endpoint}/${name}/${key}` : `https://${name}.s3.${region}.amazonaws.com/${key}`)
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '')
  const headers = {
    'cache-control': 'public, max-age=5, s-maxage=5, stale-if-error=2592000',
    'content-type': 'application/json; charset=utf-8',
    host: url.host,
    'x-amz-content-sha256': sha256(text),
    'x-amz-date': time,
    'x-amz-meta-cache-tag': 'status:probe',
    ...(process.env.AWS_SESSION_TOKEN ? { 'x-amz-security-token': process.env.AWS_SESSION_TOKEN } : {}),
  }
  const { host: _host, ...sent } = headers
  const signal = AbortSignal.timeout(answerWithinMilliseconds)
  const authorization = authorizationOf(url, headers, { region, time })
  const request = { method: 'PUT', body: text, signal, headers: { ...sent, authorization } }
  const response = await fetch(url, request).catch((error) => {
    throw new Error(`${name} does not answer: ${error.cause?.message ?? error.message}`)
  })
  if (!response.ok) throw new Error(`${name} answered ${response.status}: ${(await response.text()).slice(0, 300)}`)
}

function authorizationOf(url, headers, { region, time }) {
  const names = Object.keys(headers).sort()
  const signed = names.join(';')
  const lines = names.map((name) => `${name}:${headers[name]}\n`).join('')
  const request = ['PUT', url.pathname, '', lines, signed, headers['x-amz-content-sha256']].join('\n')
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`
  const secret = `AWS4${process.env.AWS_SECRET_ACCESS_KEY}`
  const signingKey = scope.split('/').reduce((parent, each) => hmac(parent, each), secret)
  const signature = hmac(signingKey, ['AWS4-HMAC-SHA256', time, scope, sha256(request)].join('\n')).toString('hex')
  return `AWS4-HMAC-SHA256 Credential=${process.env.AWS_ACCESS_KEY_ID}/${scope}, SignedHeaders=${signed}, Signature=${signature}`
}

function sha256(text) {
  return createHash('sha256').update(text).digest('hex')
}

function hmac(secret, text) {
  return createHmac('sha256', secret).update(text).digest()
}

function readArguments() {
  try {
    const text = { type: 'string' }
    const options = {
      ...{ api: text, cdn: text, checkout: text, publication: text, file: text, every: text, next: text },
    }
    const help = { type: 'boolean', short: 'h' }
    const { values } = parseArgs({ options: { ...options, help, bucket: { type: 'string', multiple: true } } })
    if (values.help) {
      console.log(usage)
      process.exit(exitCodes.works)
    }
    const everySeconds = values.every === undefined ? undefined : seconds('--every', values.every)
    const nextSeconds = values.next === undefined ? 3 * (everySeconds ?? 200) : seconds('--next', values.next)
    const { publication, file } = values
    const buckets = (values.bucket ?? []).map(bucketOf)
    return {
      api: address('--api', values.api),
      cdn: address('--cdn', values.cdn),
      checkout: values.checkout === undefined ? undefined : address('--checkout', values.checkout),
      publication,
      file,
      buckets,
      everySeconds,
      nextSeconds,
    }
  } catch (error) {
    console.error(`probe: ${error.message}\n\n${usage}`)
    process.exit(exitCodes.usage)
  }
}

function bucketOf(text) {
  const [name, region = process.env.AWS_REGION] = text.split('@')
  const missing = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'].filter((each) => !process.env[each])
  if (missing.length > 0) throw new Error(`--bucket needs ${missing.join(' and ')} in the environment`)
  if (!region) throw new Error(`--bucket ${text} needs a region: ${text}@eu-west-1, or AWS_REGION`)
  return { name, region }
}

function seconds(name, text) {
  const value = Number(text)
  if (Number.isFinite(value) && value >= 1) return value
  throw new Error(`${name} must be a number of seconds from 1 on; found "${text}"`)
}

function address(name, text) {
  if (text !== undefined && URL.canParse(text) && /^https?:/.test(text)) return text.replace(/\/$/, '')
  throw new Error(
    `${name} must be an address such as https://example.com; found ${text === undefined ? 'nothing' : `"${text}"`}`,
  )
}
