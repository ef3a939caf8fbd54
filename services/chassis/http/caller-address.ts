import type { FastifyRequest } from 'fastify'

/**
 * Who asks, as far as our own proxies tell: each puts the address that it sees at the end of `X-Forwarded-For`, and what stands before those is
 * anybody's word. Of IPv6 the network of one household (/64).
 */
export function callerAddress({ headers, ip }: Pick<FastifyRequest, 'headers' | 'ip'>, trustedProxies: number): string {
  const said = [headers['x-forwarded-for'] ?? []].flat().join(',')
  const chain = said.split(',').flatMap((each) => each.trim() || [])
  const address = (trustedProxies === 0 ? undefined : chain.at(-trustedProxies)) ?? chain[0] ?? ip
  return networkOf(trustedProxies === 0 ? ip : address)
}

function networkOf(address: string): string {
  const bare = address.replace(/^\[|\](:\d+)?$/g, '').slice(0, 64)
  if (!bare.includes(':') || bare.includes('.')) return bare
  const [head = '', tail = ''] = bare.split('::')
  const front = head.split(':').filter((part) => part !== '')
  const back = tail.split(':').filter((part) => part !== '')
  const gap = bare.includes('::') ? Math.max(0, 8 - front.length - back.length) : 0
  const parts = [...front, ...Array.from({ length: gap }, () => '0'), ...back]
  return `${parts.slice(0, 4).join(':')}::/64`
}
