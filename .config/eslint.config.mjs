import path from 'node:path';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const root = path.resolve(import.meta.dirname, '..');

/** What would make two peers differ, or a test depend on the day: time, chance and language come in as arguments. */
const DETERMINISM = [
  {
    selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
    message: 'Time is an argument.',
  },
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Time is an argument.' },
  { selector: "MemberExpression[object.name='Math'][property.name='random']", message: 'Randomness is an argument.' },
  {
    selector: 'MemberExpression[property.name=/^(localeCompare|toLocale.*)$/]',
    message: 'No locale: compare code points.',
  },
  { selector: "Identifier[name='Intl']", message: 'No locale in rules.' },
  { selector: "CallExpression[callee.name='parseFloat']", message: 'Amounts are bigint fen, never floats.' },
];

export default tseslint.config(
  { ignores: ['docker/network/**', '**/dist/**', '**/node_modules/**', '**/*.d.ts', '.data/**', '**/coverage/**'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['{libs,chaincode,apps}/**/*.{ts,tsx}', 'network/src/**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' },
      ],
      // Modules and decorated classes of the framework are empty on purpose.
      '@typescript-eslint/no-extraneous-class': [
        'error',
        { allowWithDecorator: true, allowEmpty: true, allowConstructorOnly: true },
      ],
      // Numbers and bigints read well in a message.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // `() => void done.push(x)` says that the value is not used.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // Both misjudge values that come from outside (rows, JSON, aborted signals) and are narrower in the types than in life.
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // `query<Row>(…)` is how callers of a database say what they expect.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // An interface of promises may be met by an answer that is there already.
      '@typescript-eslint/require-await': 'off',
      // The class of a schema only names a shape; its values are plain objects.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Index signatures are read with brackets, so that a known property stands out.
      '@typescript-eslint/dot-notation': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    files: ['{libs,chaincode,apps,network}/**/*.{spec,testing}.{ts,tsx}', '**/testing/**/*.ts'],
    rules: {
      // Tests assert that a value is there by using it.
      '@typescript-eslint/no-non-null-assertion': 'off',
      'max-lines': 'off',
    },
  },
  {
    files: ['libs/{domain,protocol}/src/**/*.ts', 'chaincode/src/**/*.ts'],
    ignores: ['**/*.spec.ts', '**/*.testing.ts', '**/testing/**'],
    rules: { 'no-restricted-syntax': ['error', ...DETERMINISM] },
  },
  {
    files: ['apps/admin/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      'react-hooks/rules-of-hooks': 'error',
      'react-hooks/exhaustive-deps': 'error',
      // Its values from outside have types that say so.
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/no-unnecessary-condition': 'error',
    },
  },
);
