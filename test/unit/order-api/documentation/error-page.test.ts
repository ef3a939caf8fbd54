import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { findingCodes } from '#contracts/finding-codes.ts'
import { problemCodes } from '#contracts/problem-codes.ts'
import { errorPage } from '../../../../services/order-api/documentation/error-page.ts'

const page = errorPage(readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8'))

test('every code of the API and of preflight has a place on the page that an address can lead to', () => {
  const ids = [...page.html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
  expect(ids).toEqual([...new Set(ids)])
  const codes = [...Object.keys(problemCodes), ...Object.values(findingCodes).flat()]
  expect(codes.filter((code) => !ids.includes(code))).toEqual([])
})

test('nothing of the Markdown is left over on it', () => {
  const text = page.html.replace(/<style>.*<\/style>/s, '').replace(/<[^>]+>/g, '')
  expect(text.match(/`|\*\*|^#|^\||\]\(/gm)).toBeNull()
})

test('it loads nothing, and its own style is the only one that a browser takes', () => {
  expect(page.html).not.toMatch(/<script|<link|<img|<iframe|(?:src|href)="(?!#)|@import|url\(|style="|\son\w+=/)
  expect(page.contentSecurityPolicy).toMatch(/^default-src 'none'; style-src 'sha256-[A-Za-z0-9+/]{43}='; /)
})

test('what stands in the words is text, never markup', () => {
  const { html } = errorPage(
    '# A\n\n### a_code\n\n<script>alert("1")</script> & `<b>`\n\n| a | b |\n|---|---|\n| `A_B` | <i> |',
  )
  expect(html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; <code>&lt;b&gt;</code>')
  expect(html).toContain('<tr id="A_B"><td><code>A_B</code></td><td>&lt;i&gt;</td></tr>')
})
