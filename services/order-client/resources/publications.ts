import type { Read } from '../cache/freshness.ts'
import type {
  ButtonSetting,
  Publication,
  PublicationChange,
  PublicationList,
  PublicationRequest,
  PublicationVersion,
  PublicationVersionList,
} from '../contract-types.ts'
import type { Call, CallOptions } from '../http/caller.ts'
import { everyEntry, segment, withQuery } from '../pages.ts'
import type { Api, OnceOptions } from './api.ts'

export type PublicationPageOptions = CallOptions & { readonly cursor?: string | undefined; readonly limit?: number }
export type PublishOptions = CallOptions & {
  /** An earlier version to show again; the newest without it. */
  readonly version?: number
}
export type UndoOptions = CallOptions & {
  /** The version to be undone: refused with `version_conflict` when there is a newer one. The newest without it. */
  readonly version?: number
}

/** What a publisher offers on pages. Reading what visitors see needs no key: `published.publication`. */
export type PublicationCalls = {
  /** A draft, unless it says `publish`. One publication a key, for ever; the key is random unless you give your own. */
  readonly create: (publication: PublicationRequest, options?: OnceOptions) => Promise<Publication>
  /** All of them, newest first; pages are fetched as you go. */
  readonly list: (options?: Omit<PublicationPageOptions, 'cursor'>) => AsyncGenerator<Publication>
  readonly page: (options?: PublicationPageOptions) => Promise<Read<PublicationList>>
  readonly get: (id: string, options?: CallOptions) => Promise<Read<Publication>>
  /**
   * A new version: what is left out stays, null takes away. With `version` it is refused with `version_conflict` when somebody was quicker,
   * and not sent again when an answer is lost: it would be refused for our own sake.
   */
  readonly update: (id: string, change: PublicationChange, options?: CallOptions) => Promise<Publication>
  /** Everyone sees it from now on, within seconds. */
  readonly publish: (id: string, options?: PublishOptions) => Promise<Publication>
  /** A new version that holds what the one before the newest held. Not sent again when an answer is lost: that could undo two. */
  readonly undo: (id: string, options?: UndoOptions) => Promise<Publication>
  /** It is taken away for everyone, within seconds. */
  readonly delete: (id: string, options?: CallOptions) => Promise<void>
  /** Everything that was ever saved, newest first. */
  readonly versions: (id: string, options?: CallOptions) => AsyncGenerator<PublicationVersion>
  readonly version: (id: string, version: number, options?: CallOptions) => Promise<Read<PublicationVersion>>
}

export function publicationCalls({ read, readNow, write, writeOnce, finish, remember }: Api): PublicationCalls {
  const at = (id: string, rest = ''): string => `/v1/publications/${segment(id)}${rest}`
  const kept = async (publication: Publication): Promise<Publication> => {
    await remember(at(publication.id), publication)
    return publication
  }
  const changed = async (call: Call): Promise<Publication> => kept(await write<Publication>(call))
  const page: PublicationCalls['page'] = ({ cursor, limit, ...options } = {}) =>
    read(withQuery('/v1/publications', { cursor, limit }), options)
  const ofVersion = (version: number | undefined) => (version === undefined ? {} : { version })
  return {
    create: async (body, options = {}) =>
      kept(await writeOnce<Publication>({ method: 'POST', path: '/v1/publications', body }, options)),
    list: ({ limit = 100, ...options } = {}) => everyEntry((cursor) => page({ ...options, limit, cursor })),
    page,
    get: (id, options) => read(at(id), options),
    update: (id, body, options) =>
      changed({ ...options, method: 'PATCH', path: at(id), body, isRepeatable: body.version === undefined }),
    publish: (id, { version, ...options } = {}) =>
      changed({ ...options, method: 'POST', path: at(id, '/publish'), body: ofVersion(version) }),
    undo: (id, { version, ...options } = {}) =>
      changed({ ...options, method: 'POST', path: at(id, '/undo'), body: ofVersion(version), isRepeatable: false }),
    delete: (id, options) => finish({ ...options, method: 'DELETE', path: at(id) }),
    versions: (id, options) =>
      everyEntry((cursor) =>
        readNow<PublicationVersionList>(withQuery(at(id, '/versions'), { cursor, limit: 100 }), options),
      ),
    version: (id, version, options) => readNow(at(id, `/versions/${version}`), options),
  }
}

/** The publication of buttons that name only a key and bring a file of their page; its content is of the kind `page`. */
export type ButtonCalls = {
  readonly get: (options?: CallOptions) => Promise<Read<ButtonSetting>>
  readonly choose: (publicationId: string, options?: CallOptions) => Promise<ButtonSetting>
  /** From then on such buttons stand for nothing. */
  readonly forget: (options?: CallOptions) => Promise<ButtonSetting>
}

export const buttonCalls = ({ read, write }: Api): ButtonCalls => ({
  get: (options) => read('/v1/button', options),
  choose: (publication, options) => write({ ...options, method: 'PUT', path: '/v1/button', body: { publication } }),
  forget: (options) => write({ ...options, method: 'DELETE', path: '/v1/button' }),
})
