import { Refused } from '#chassis/errors.ts'
import type { Facility } from '#contracts/facility.ts'
import { defaultRoutingPolicy, type RoutingPolicy, type RoutingPolicyChange } from '#contracts/order-api/routing.ts'
import type { Issue } from '#contracts/parse.ts'

/** So many ids are named as what is allowed. */
const mostNamed = 20

/** Throws Refused `invalid_request` for a policy by which nothing could be made, or that names facilities which there are not. */
export function wantPolicy(
  change: RoutingPolicyChange,
  account: { readonly routing?: RoutingPolicy | null } | undefined,
  facilities: readonly Facility[],
  base = '/routing',
): void {
  const { pin, exclude, weights } = { ...(account?.routing ?? defaultRoutingPolicy), ...change }
  const known = facilities.map(({ id }) => id)
  const named = `${known.slice(0, mostNamed).join(', ')}${known.length > mostNamed ? ' and more' : ''}`
  const unknown = (id: string, pointer: string): Issue[] =>
    known.includes(id) ? [] : [{ pointer, detail: `there is no facility ${id}; there are ${named}` }]
  const issues = [
    ...(change.pin ? unknown(change.pin, `${base}/pin`) : []),
    ...(change.exclude ?? []).flatMap((id, place) => unknown(id, `${base}/exclude/${place}`)),
    ...(pin && exclude.includes(pin)
      ? [{ pointer: `${base}/${change.pin ? 'pin' : 'exclude'}`, detail: `${pin} may not be both pinned and excluded` }]
      : []),
    ...(change.exclude && known.length > 0 && known.every((id) => exclude.includes(id))
      ? [{ pointer: `${base}/exclude`, detail: 'must leave a facility that prints; all of them are excluded' }]
      : []),
    ...(Object.values(weights).every((each) => each === 0)
      ? [{ pointer: `${base}/weights`, detail: 'must have one that is above 0; only their proportions matter' }]
      : []),
  ]
  if (issues.length === 0) return
  throw new Refused('invalid_request', 'The fields listed in errors are not acceptable.', issues)
}
