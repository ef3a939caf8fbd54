import type { Source } from '#contracts/messages/process-ticket.ts'
import type { ItemFiles } from '#contracts/order-api/order-request.ts'

/** Where an uploaded file lies in the sources bucket. */
export const sourceKeyOf = (accountId: string, fileId: string): string => `${accountId}/${fileId}`

/** Whether a reference is one of our file ids, rather than an address to fetch from. */
export const isFileId = (reference: string): boolean => reference.startsWith('fil_')

/** The ids of the uploaded files among an item's references, with the pointer below `files` where each stands. */
export function fileIdsOf(files: ItemFiles): { readonly id: string; readonly pointer: string }[] {
  return referencesOf(files)
    .filter(({ reference }) => isFileId(reference))
    .map(({ reference, pointer }) => ({ id: reference, pointer }))
}

/** An item's files as the processor fetches them. */
export function sourcesOf(accountId: string, files: ItemFiles): Source[] {
  return referencesOf(files).map(({ reference, role, position }) => ({
    role,
    position,
    ...(isFileId(reference) ? { key: sourceKeyOf(accountId, reference) } : { url: reference }),
  }))
}

type Reference = {
  readonly reference: string
  readonly role: Source['role']
  readonly position: number
  readonly pointer: string
}

/** Every file reference of an item: what it is for, and where it stands below `files`. */
export function referencesOf(files: ItemFiles): Reference[] {
  const single = (['interior', 'cover', 'image'] as const).flatMap((role) => {
    const reference = files[role]
    return reference === undefined ? [] : [{ reference, role, position: 0, pointer: `/${role}` }]
  })
  const listed = (files.images ?? []).map((reference, position) => ({
    reference,
    role: 'images' as const,
    position,
    pointer: `/images/${position}`,
  }))
  return [...single, ...listed]
}
