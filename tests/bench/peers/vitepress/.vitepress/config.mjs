import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

const navigation = JSON.parse(readFileSync(new URL('navigation.json', import.meta.url)))
const locale = (lang, label) => ({ label, lang, link: `/${lang}/`, themeConfig: navigation[lang] })

export default defineConfig({
  // What it takes for an attribute list at the end of a list item would give the whole list several ids.
  markdown: { attrs: { disable: true } },
  title: 'About nothing',
  locales: { zh: locale('zh', '中文'), en: locale('en', 'English') },
  themeConfig: { search: { provider: 'local' } },
})
