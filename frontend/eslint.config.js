import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

// app -> features -> canvas-react -> canvas; features stand beside one another, lib and components
// below them. The engine in canvas knows neither React nor the product.
const LAYERS = ['app', 'features', 'canvas-react', 'canvas', 'components', 'lib'];
const features = readdirSync(new globalThis.URL('./src/features', import.meta.url));

const imports = (folders, message) => ({
  regex: `^(@/|(\\.\\./)+)(${folders.join('|')})(/|$)`,
  message,
});
const zone = (files, ...patterns) => ({
  files: [`src/${files}/**/*.{ts,tsx}`],
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});
const below = (folder, ...allowed) =>
  zone(
    folder,
    imports(
      LAYERS.filter((layer) => layer !== folder && !allowed.includes(layer)),
      allowed.length > 0
        ? `${folder}/ may import ${allowed.join(' and ')} only.`
        : `${folder}/ is the ground floor: it imports no other folder of ours.`,
    ),
    ...(folder === 'canvas'
      ? [{ regex: '^(react|@mantine|@tanstack|i18next)', message: 'The engine is plain code.' }]
      : []),
  );

export default tseslint.config(
  { ignores: ['dist', 'node_modules', 'public'] },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    files: ['src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
    },
  },
  ...features.map((feature) =>
    zone(
      `features/${feature}`,
      imports(['app'], 'A feature knows nothing of the app that composes it.'),
      {
        regex: `^(@/features|\\.\\.|\\.\\./\\.\\.)/(?!${feature}(/|$))(${features.join('|')})(/|$)`,
        message: 'A feature never imports another one; compose them in app/.',
      },
    ),
  ),
  below('canvas'),
  below('canvas-react', 'canvas', 'lib', 'components'),
  below('components', 'lib'),
  below('lib'),
);
