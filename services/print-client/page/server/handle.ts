import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Clock } from '#chassis/clock.ts'
import { Refused, Transient } from '#chassis/errors.ts'
import type { Log } from '#chassis/log.ts'
import { issuesOf, matches } from '#contracts/parse.ts'
import type { Desk } from '../../desk/desk.ts'
import { type PageRequest, type RequestName, requests } from '../model/requests.ts'
import { type JobFacts, viewOf } from '../model/view-job.ts'
import { act } from './act.ts'
import { type Answer, json, problem, problemOf } from './answer.ts'
import type { Assets } from './assets.ts'
import { barcodeOf } from './barcode.ts'
import { pageDocument } from './document.ts'
import { guardFault } from './guard.ts'
import { overviewOf } from './overview.ts'
import { readBody } from './read-body.ts'

export type HandleDependencies = {
  readonly desk: Desk
  readonly facts: (jobId: string) => JobFacts | undefined
  readonly assets: Assets
  readonly port: () => number
  readonly clock: Clock
  readonly log: Log
}

const jobPath = /^\/api\/jobs\/(job_[0-9a-z]{26})\/([a-z_]+)(?:\/([a-z_]+))?$/

/** Answers one request; whatever is wrong with it is told, and nothing of it is done. */
export async function handle(dependencies: HandleDependencies, request: IncomingMessage): Promise<Answer> {
  const url = /^\/(?!\/)/.test(request.url ?? '') ? URL.parse(request.url ?? '', 'http://page') : undefined
  if (!url) return notFound
  const { method = 'GET', headers } = request
  const fault = guardFault({ method, path: url.pathname, headers }, dependencies.port())
  if (fault) return fault === 'method' ? problem(405, fault, 'Only GET and POST') : refusedBy(fault)
  try {
    return method === 'POST'
      ? await change(dependencies, url.pathname, request)
      : await read(dependencies, url, request)
  } catch (error) {
    return answerOf(error, dependencies.log)
  }
}

const notFound = problem(404, 'not_found', 'There is nothing at this address')
const refusedBy = (fault: string): Answer =>
  problem(
    fault === 'host' ? 421 : 403,
    fault,
    'This page is only for the browser of this machine, and for requests of its own',
  )

function answerOf(error: unknown, log: Log): Answer {
  if (error instanceof Refused) {
    if (error.code === 'too_large')
      return { ...problem(413, error.code, error.message), headers: { connection: 'close' } }
    return error.code === 'not_json' ? problem(400, error.code, error.message) : problemOf(error)
  }
  if (error instanceof Transient) {
    log.warn({ err: error }, 'page_request_waits')
    return problem(503, 'not_possible_now', error.message)
  }
  log.error({ err: error }, 'page_request_failed')
  return problem(500, 'internal', 'The print client has a fault; its log says more')
}

async function read(dependencies: HandleDependencies, url: URL, { headers }: IncomingMessage): Promise<Answer> {
  const { assets } = dependencies
  const path = url.pathname
  if (path === '/') return pageDocument(assets, url.searchParams.get('lang') ?? undefined, headers)
  if (path === '/favicon.ico') return { status: 204 }
  if (path === '/api/overview') return overview(dependencies, headers['if-none-match'])
  const file = path.startsWith('/assets/') ? assets.files.get(path.slice('/assets/'.length)) : undefined
  if (file) {
    const kept = { 'cache-control': 'public, max-age=31536000, immutable' }
    return { status: 200, type: file.type, body: file.bytes, headers: kept }
  }
  const [, jobId = '', name, part] = jobPath.exec(path) ?? []
  if (name === 'picture' && part === undefined) return picture(dependencies, jobId)
  return name === 'barcode' && part !== undefined ? barcode(dependencies, jobId, part) : notFound
}

/** The same answer is not sent twice: the page asks every second or two. */
async function overview(dependencies: HandleDependencies, known: string | undefined): Promise<Answer> {
  const found = await overviewOf(dependencies)
  const { at: _, ...lasting } = found
  const etag = `"${createHash('sha256').update(JSON.stringify(lasting)).digest('base64url').slice(0, 22)}"`
  return known === etag ? { status: 304, headers: { etag } } : { ...json(found), headers: { etag } }
}

const pictureTypes = ['image/png', 'image/jpeg', 'image/webp']

async function picture({ desk }: HandleDependencies, jobId: string): Promise<Answer> {
  const found = desk.job(jobId) && (await desk.picture(jobId))
  if (!found || !pictureTypes.includes(found.contentType)) return notFound
  const headers = { 'cache-control': 'private, max-age=3600' }
  return { status: 200, type: found.contentType, body: found.bytes, headers }
}

function barcode({ desk, facts, clock }: HandleDependencies, jobId: string, part: string): Answer {
  const job = desk.job(jobId)
  const body = job && barcodeOf(viewOf(job, facts(jobId), clock.now()), part)
  return body === undefined ? notFound : { status: 200, type: 'image/svg+xml; charset=utf-8', body }
}

async function change(dependencies: HandleDependencies, path: string, request: IncomingMessage): Promise<Answer> {
  const { desk, facts, clock, log } = dependencies
  const [, jobId = '', name = '', part] = jobPath.exec(path) ?? []
  if (part !== undefined || !isRequestName(name)) return notFound
  const body = await readBody(request)
  const asked = requestOf(name, body)
  if (asked === undefined)
    return problem(400, 'invalid_request', 'The request is not right', issuesOf(requests[name], body))
  const job = desk.job(jobId)
  if (job === undefined) return problem(404, 'unknown_job', `This client knows no job ${jobId}`)
  const now = clock.now()
  await act(desk, job, viewOf(job, facts(jobId), now).quantity, asked, now)
  log.info({ jobId, action: name }, 'page_action')
  return json({ ok: true })
}

const isRequestName = (name: string): name is RequestName => Object.hasOwn(requests, name)

function requestOf(name: RequestName, body: unknown): PageRequest | undefined {
  switch (name) {
    case 'accept':
      return matches(requests.accept, body) ? { name, body } : undefined
    case 'step':
      return matches(requests.step, body) ? { name, body } : undefined
    case 'ship':
      return matches(requests.ship, body) ? { name, body } : undefined
    case 'delay':
      return matches(requests.delay, body) ? { name, body } : undefined
    case 'end':
      return matches(requests.end, body) ? { name, body } : undefined
    case 'decide':
      return matches(requests.decide, body) ? { name, body } : undefined
    default:
      return name satisfies never
  }
}
