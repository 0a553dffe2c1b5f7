import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitepress'

const navigation = JSON.parse(readFileSync(new URL('navigation.json', import.meta.url)))
const locale = (lang, label) => ({ label, lang, link: `/${lang}/`, themeConfig: navigation[lang] })

export default defineConfig({
  title: 'About nothing',
  locales: { zh: locale('zh', '中文'), en: locale('en', 'English') },
  themeConfig: { search: { provider: 'local' } },
})
