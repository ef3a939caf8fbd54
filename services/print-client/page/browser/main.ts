import { render } from 'preact'
import { h } from '#look/h.ts'
import { pageDataText } from '#look/page-data.ts'
import type { PageData } from '../model/page-data.ts'
import { App } from './app.ts'
import { createRequests } from './requests.ts'
import { createSounds } from './scan/sounds.ts'

const root = document.getElementById('page')
// Our own server wrote it into this very page.
const { words, locale }: PageData = JSON.parse(pageDataText())
const requests = createRequests((...request) => fetch(...request))
if (root) {
  root.replaceChildren()
  render(h(App, { words, locale, requests, sounds: createSounds() }), root)
}
