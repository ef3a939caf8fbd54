/** Pages may load their style sheet and frame a message's own page; nothing else, from anywhere. */
export const pagePolicy =
  "default-src 'none'; style-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** A message's HTML comes from strangers: styles and inlined pictures show, nothing runs, nothing is fetched. */
export const messagePolicy =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
