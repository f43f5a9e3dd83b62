// The site is the Markdown of the repository as it is read there: nothing is
// written for the site alone. The build fails on a link that leads nowhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, posix, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const site = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const root = resolve(site, '..')
const repository = 'https://github.com/panther-preflight/panther-preflight'
const modules = resolve(site, 'node_modules')

// A page of the repository by its path there. What is no page, such as a schema
// or a workflow, is a file on GitHub.
const isPage = (path) => /^(docs\/(checks\/)?)?[\w.-]+\.md$/.test(path)

function filesOnGitHub(md) {
  const open = md.renderer.rules.link_open ?? ((tokens, at, options, env, self) => self.renderToken(tokens, at, options))
  md.renderer.rules.link_open = (tokens, at, options, env, self) => {
    const href = tokens[at].attrGet('href')
    if (href && !/^([a-z]+:|#|\/)/.test(href)) {
      const [file] = href.split('#')
      const from = env.realPath ? relative(root, env.realPath) : env.relativePath
      const path = posix.normalize(posix.join(posix.dirname(from), file))
      if (isPage(path)) tokens[at].attrSet('href', href.replace(/README\.md/, 'index.md'))
      else if (existsSync(resolve(root, path))) tokens[at].attrSet('href', `${repository}/blob/main/${path}`)
    }
    return open(tokens, at, options, env, self)
  }
}

// Every folder of a folder but one, as patterns of what is no page.
const foldersOf = (folder, but) =>
  readdirSync(resolve(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== but)
    .map((entry) => posix.join(folder, entry.name, '**'))

const title = (path) => readFileSync(resolve(root, path), 'utf8').match(/^# (.*)$/m)[1].replaceAll('`', '')
const page = (name) => ({ text: title(`docs/${name}.md`), link: `/docs/${name}` })
const checks = readdirSync(resolve(root, 'docs/checks'))
  .filter((name) => name.startsWith('PF-'))
  .map((name) => ({ text: title(`docs/checks/${name}`), link: `/docs/checks/${name.replace('.md', '')}` }))

const groups = {
  'Start': ['quickstart-operator', 'quickstart-ci', 'quickstart-release'],
  'Use': ['ci', 'configuration', 'exit-codes', 'fleet', 'custom-policies', 'permissions', 'files', 'requests', 'templates'],
  'Organization policies': ['organization-policies', 'scp-export', 'iam-evaluation', 'public-scps'],
  'Upgrade and diagnose': ['upgrade', 'diagnose', 'causes', 'release-matrix'],
  'AWS China': ['china-transform', 'release-copy', 'china-bridge'],
  'About': ['releasing', 'benchmarks', 'data', 'architecture'],
}
const grouped = Object.values(groups).flat()
const missing = readdirSync(resolve(root, 'docs')).filter((name) => name.endsWith('.md') && !grouped.includes(name.replace('.md', '')))
if (missing.length > 0) throw new Error(`site/.vitepress/config.mjs has no place for ${missing}`)

export default {
  title: 'panther-preflight',
  description: 'Tells whether a self-hosted Panther deployment will fail, before anything is written to AWS.',
  base: '/panther-preflight/',
  srcDir: '..',
  srcExclude: [...foldersOf('.', 'docs'), ...foldersOf('docs', 'checks')],
  outDir: '../dist-site',
  cleanUrls: false,
  lastUpdated: false,
  rewrites: { 'README.md': 'index.md', 'docs/checks/README.md': 'docs/checks/index.md' },
  markdown: { config: filesOnGitHub },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Checks', link: '/docs/checks/' },
      { text: 'Changes', link: '/CHANGELOG' },
      { text: 'Security', link: '/SECURITY' },
    ],
    sidebar: [
      ...Object.entries(groups).map(([text, names]) => ({ text, items: names.map(page) })),
      { text: 'Checks', link: '/docs/checks/', collapsed: true, items: checks },
    ],
    socialLinks: [{ icon: 'github', link: repository }],
  },
  vite: {
    // The pages are outside of the folder that has the modules.
    resolve: {
      alias: [
        { find: /^vue$/, replacement: resolve(modules, 'vue/dist/vue.runtime.esm-bundler.js') },
        { find: /^vue\/server-renderer$/, replacement: resolve(modules, 'vue/server-renderer/index.mjs') },
      ],
    },
    server: { fs: { allow: [root] } },
  },
}
