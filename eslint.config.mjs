import js from '@eslint/js';
import tseslint from 'typescript-eslint';

const noEnvironment = {
  'no-restricted-properties': ['error', {
    object: 'process', property: 'env', message: 'Settings are parsed once, in src/config.ts, and passed in.',
  }],
};

/** The clock, ids and chance come in through the context, so that golden answers stay golden. */
const noClockOfTheMachine = {
  'no-restricted-syntax': ['error',
    { selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]', message: 'Ask context.clock.' },
    { selector: 'NewExpression[callee.name="Date"][arguments.length=0]', message: 'Ask context.clock.' },
    { selector: 'CallExpression[callee.object.name="Math"][callee.property.name="random"]', message: 'Ask context.ids.' },
    { selector: 'CallExpression[callee.name="randomUUID"], CallExpression[callee.property.name="randomUUID"]', message: 'Ask context.ids.' },
  ],
};

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', 'data/', 'coverage/', 'tmp/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.mjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', Buffer: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.recommended],
    languageOptions: {
      parserOptions: { project: ['./tsconfig.json', './src/graphiql/tsconfig.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // The compiler knows undefined names and unused ones better.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      ...noEnvironment,
    },
  },
  { files: ['src/flow/**/*.ts', 'src/stores/**/*.ts'], rules: noClockOfTheMachine },
  // Environment and console belong to the edges: the settings, TypeORM's command line, programs and tests.
  { files: ['src/config.ts', 'ormconfig.ts', 'test/**/*.ts', 'bench/**/*.ts'], rules: { 'no-restricted-properties': 'off' } },
  { files: ['src/load.ts', 'src/make-data.ts', 'src/emit-schema.ts', 'src/write-docs.ts', 'test/**/*.ts', 'bench/**/*.ts'], rules: { 'no-console': 'off' } },
  { files: ['src/graphiql/browser.d.ts', 'test/support/global-setup.ts'], rules: { 'no-var': 'off' } },
);
