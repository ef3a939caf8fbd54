/** A client that was not heard of for so long was taken down, and counts no more. */
export const goneAfterDays = 7

/**
 * Part of a statement named `heard`: facility → when one of its clients was last heard of, and how many are there. A client whose credentials
 * were taken away does not count. It reads the parameter `now`.
 */
export const heardSql = `heard as (
    select h.facility_id, max(h.heard_at) as at,
      count(*) filter (where h.heard_at > :now::timestamptz - interval '${goneAfterDays} days') as clients
    from facility_heartbeats h
    left join facility_clients c on c.facility_id = h.facility_id and c.client_id = h.client_id
    where c.revoked_at is null
    group by h.facility_id
  )`
