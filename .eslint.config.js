import vue from 'eslint-plugin-vue';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import vueParser from 'vue-eslint-parser';

// Run as `eslint -c .eslint.config.js .`: the root holds no other files than those that the design names.

/** Time, chance and the network come from a World or a transport that is handed in, so that tests can rule them. */
const reachesOut = {
  'no-restricted-globals': [
    'error',
    ...['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'XMLHttpRequest', 'EventSource'].map((name) => ({
      name,
      message: 'Hand it in: only the real world (client-world.ts, server-world.ts) and the mains reach for it.',
    })),
  ],
  'no-restricted-properties': [
    'error',
    ...[
      ['Date', 'now'],
      ['Math', 'random'],
      ['crypto', 'randomUUID'],
      ['crypto', 'getRandomValues'],
      ['performance', 'now'],
      ...['window', 'globalThis', 'self'].flatMap((object) => [
        [object, 'fetch'],
        [object, 'setTimeout'],
        [object, 'setInterval'],
      ]),
    ].map(([object, property]) => ({ object, property, message: 'Take it from the World that is handed in.' })),
  ],
};

const syntax = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'ExportAllDeclaration', message: 'No barrels: import from the file that has it.' },
];
const today = {
  selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
  message: 'Take the time from the World that is handed in.',
};

export default defineConfig(
  globalIgnores(['dist/', 'data/', '.cache/', 'node_modules/', '**/migrations/']),
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
  },
  ...vue.configs['flat/essential'],
  {
    files: ['**/*.ts', '**/*.vue'],
    plugins: { '@typescript-eslint': tseslint.plugin },
    languageOptions: {
      parser: vueParser,
      parserOptions: {
        parser: tseslint.parser,
        project: './.eslint.tsconfig.json',
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
        sourceType: 'module',
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false, properties: false } },
      ],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/no-for-in-array': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/prefer-promise-reject-errors': 'error',
      '@typescript-eslint/return-await': ['error', 'error-handling-correctness-only'],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/consistent-type-exports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-empty': 'error',
      'no-fallthrough': 'error',
      'no-self-compare': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'src/**/*.vue'],
    rules: { 'no-console': 'error', 'no-restricted-syntax': ['error', ...syntax] },
  },
  {
    files: ['src/server/log.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['src/{domain,sync,client,server,people,pillars}/**/*.{ts,vue}'],
    ignores: ['**/*.test.ts', 'src/client/client-world.ts', 'src/server/server-world.ts'],
    rules: { ...reachesOut, 'no-restricted-syntax': ['error', ...syntax, today] },
  },
  {
    // Read by a tool that wants its default export.
    files: ['src/**/*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['**/*.vue'],
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/component-name-in-template-casing': ['error', 'PascalCase'],
      'vue/define-emits-declaration': ['error', 'type-based'],
      'vue/define-props-declaration': ['error', 'type-based'],
      'vue/no-static-inline-styles': 'error',
      'vue/no-unused-refs': 'error',
      'vue/no-v-html': 'error',
      'vue/require-v-for-key': 'error',
    },
  },
  {
    // What it shows has gone through renderMarkdown.
    files: ['src/pillars/notices/screens/NoticeBody.vue'],
    rules: { 'vue/no-v-html': 'off' },
  },
);
