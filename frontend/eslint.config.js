import js from '@eslint/js';
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { readdirSync } from 'node:fs';

// app -> features -> canvas-react -> canvas; features stand beside one another, lib and components
// below them. The engine in canvas knows neither React nor the product.
const features = readdirSync(new globalThis.URL('./src/features', import.meta.url));
const zones = [
  ...features.map((feature) => ({
    target: `./src/features/${feature}`,
    from: './src/features',
    except: [`./${feature}`],
    message: 'A feature never imports another one; compose them in app/.',
  })),
  { target: './src/features', from: './src/app' },
  { target: ['./src/components', './src/lib'], from: ['./src/app', './src/features'] },
  { target: './src/lib', from: './src/components' },
  { target: './src/canvas-react', from: ['./src/app', './src/features'] },
  {
    target: './src/canvas',
    from: ['./src/app', './src/features', './src/canvas-react', './src/components', './src/lib'],
  },
];

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'src/api/schema.ts', 'public'] },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'import-x': importX, 'react-hooks': reactHooks },
    settings: {
      'import-x/resolver-next': [
        createTypeScriptImportResolver({ project: './tsconfig.app.json' }),
      ],
    },
    rules: {
      ...reactHooks.configs.recommended.rules,
      'import-x/no-restricted-paths': ['error', { zones }],
      'import-x/no-cycle': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    files: ['src/canvas/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        { patterns: ['react', 'react-dom', 'react/*', '@mantine/*', '@tanstack/*', 'i18next'] },
      ],
    },
  },
);
