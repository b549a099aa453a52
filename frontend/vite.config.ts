import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const SERVER = process.env.CONCORD_URL ?? 'http://127.0.0.1:8000';
const SERVED_BY_DJANGO = ['/api', '/_allauth', '/healthz', '/readyz', '/metrics'];

/** Puts a gzipped copy beside each script and style sheet; the web server sends it as it is. */
function gzipped(): Plugin {
  return {
    name: 'gzipped',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((name) => /\.(js|css)$/.test(name))) {
        const level = constants.Z_BEST_COMPRESSION;
        writeFileSync(join(dir, `${name}.gz`), gzipSync(readFileSync(join(dir, name)), { level }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), gzipped()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: { proxy: Object.fromEntries(SERVED_BY_DJANGO.map((path) => [path, SERVER])) },
  build: {
    outDir: 'dist',
    target: 'es2022',
    // The content security policy allows scripts from 'self' only: nothing may be inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: 'jsdom',
    pool: 'vmThreads', // one jsdom for each worker, not for each file: a quarter of the time
    setupFiles: ['./src/test-setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    restoreMocks: true,
    unstubGlobals: true,
  },
});
