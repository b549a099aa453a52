import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin, Rolldown } from 'vite';
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

const LABELLING = fileURLToPath(new URL('./src/app/LabelRoute.tsx', import.meta.url));

/** Own modules that the labelling page needs at once; what they import comes along. */
function labelling(id: string, graph: Rolldown.ChunkingContext): string | null {
  const reached = new Set([LABELLING]);
  for (const module of reached) {
    for (const next of graph.getModuleInfo(module)?.importedIds ?? []) {
      if (!next.includes('node_modules')) reached.add(next);
    }
  }
  return reached.has(id) ? 'labelling' : null;
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
    rolldownOptions: {
      output: {
        // Two files each, not sixty: whoever labels waits for the slowest of them.
        codeSplitting: {
          groups: [{ name: 'start', tags: ['$initial'] }, { name: labelling }],
        },
      },
    },
  },
  test: {
    environment: 'jsdom',
    pool: 'vmThreads', // one jsdom for each worker, not for each file: a quarter of the time
    setupFiles: ['./src/test-setup.ts'],
    include: ['src/**/*.test.{ts,tsx}'],
    testTimeout: 30_000,
    restoreMocks: true,
    unstubGlobals: true,
  },
});
