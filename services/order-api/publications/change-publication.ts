import { Refused, Transient } from '#chassis/errors.ts'
import type { Keyring } from '#chassis/keyring.ts'
import type { Principal } from '../auth/principal.ts'
import type { OrderChanger } from '../orders/change-order.ts'
import { mostTries, stepAside } from '../orders/step-aside.ts'
import { askAgain } from './ask-again.ts'
import { ringWorks } from './ask-work.ts'
import type { PublicationRow } from './publication-rows.ts'
import { wantedPublication } from './read-publications.ts'
import { afterSave, saveOf, type Wish } from './save-of-wish.ts'
import { savePublication } from './save-publication.ts'

export type PublicationChanger = Pick<OrderChanger, 'database' | 'ring' | 'now' | 'patienceSeconds'> & {
  readonly keyring: Keyring
}

export type DecideWish = (current: PublicationRow) => Promise<Wish | undefined>

/**
 * Reads a publication, decides, and saves onto what was read; decides again when another change came first. Gives the publication as it is
 * then. Throws what `decide` throws, and Refused `not_found`.
 */
export async function changePublication(
  changer: PublicationChanger,
  principal: Principal,
  id: string,
  decide: DecideWish,
): Promise<PublicationRow> {
  for (let attempt = 1; attempt <= mostTries; attempt += 1) {
    const current = await wantedPublication(changer.database, principal, id)
    const wish = await decide(current)
    if (!wish) return current
    const save = saveOf(changer, principal, current, wish)
    if (!save) return await askAgain(changer, principal, current)
    const saved = await savePublication(changer.database, principal, save)
    if (saved) {
      ringWorks(changer.ring, save.works, saved.works)
      return afterSave(current, save, saved.states)
    }
    await stepAside(attempt)
  }
  throw new Transient(`Publication ${id} is being changed by others`)
}

/** Throws Refused `version_conflict` when somebody has the publication in mind as it no longer is. */
export function wantVersion(current: Pick<PublicationRow, 'id' | 'version'>, version: number | undefined): void {
  if (version === undefined || version === current.version) return
  throw new Refused(
    'version_conflict',
    `You changed version ${version} of ${current.id}, and its newest is ${current.version}. Read it again and decide anew; nothing was changed.`,
  )
}
