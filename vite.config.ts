/// <reference types="vitest/config" />
import { defineConfig } from 'vite';
import vue from '@vitejs/plugin-vue';
import { VitePWA } from 'vite-plugin-pwa';

/** What the home screen and the app switcher show. */
const manifest = {
  id: '/',
  name: '守望',
  short_name: '守望',
  description: '邻里守望：报平安、团购买菜、买药帮忙、看通知，没网也能用',
  lang: 'zh-Hans',
  dir: 'ltr' as const,
  start_url: '/',
  scope: '/',
  display: 'standalone' as const,
  background_color: '#faf7f2',
  theme_color: '#faf7f2',
  icons: [
    { src: '/icon-192.png', sizes: '192x192', type: 'image/png', purpose: 'any' },
    { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
};

const testing = process.env['VITEST'] !== undefined;

export default defineConfig(({ mode }) => ({
  root: 'src',
  publicDir: '../public',
  cacheDir: '../node_modules/.vite',
  define: {
    __VUE_OPTIONS_API__: false,
  },
  plugins: testing
    ? [vue()]
    : mode === 'server'
      ? []
      : [
          vue(),
          VitePWA({
            strategies: 'injectManifest',
            registerType: 'prompt',
            injectRegister: false,
            srcDir: 'client/pwa/worker',
            filename: 'service-worker.ts',
            manifest,
            // iOS and WeChat read the manifest from the page; a failed precache entry fails the whole install, so: only what is ours.
            includeManifestIcons: false,
            injectManifest: {
              globPatterns: ['index.html', 'assets/*.{js,css,woff2}'],
              globIgnores: ['**/*.map'],
            },
          }),
        ],
  build:
    mode === 'server'
      ? {
          ssr: 'main.server.ts',
          outDir: '../dist/server',
          emptyOutDir: true,
          target: 'node20',
          copyPublicDir: false,
        }
      : {
          outDir: '../dist/client',
          emptyOutDir: true,
          target: 'es2022',
          assetsDir: 'assets',
          assetsInlineLimit: 0,
          cssCodeSplit: false,
          modulePreload: { polyfill: false },
        },
  test: {
    root: '.',
    include: ['src/**/*.test.ts', 'tests/**/*.test.ts'],
    exclude: ['tests/browser/**', 'node_modules/**'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    globalSetup: ['tests/support/global-setup.ts'],
    maxWorkers: 2,
  },
}));
