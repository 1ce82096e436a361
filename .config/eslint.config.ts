import { fileURLToPath } from 'node:url'

import { defineConfig } from 'eslint/config'
import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'

import { noSentenceComparison } from './no-sentence-comparison.ts'

export default defineConfig(
  { ignores: ['dist', '.leadyard', '.tap', '.tests', 'coverage', '.config/*.cjs'] },
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: true,
        // Not this file's folder, where no tsconfig.json is.
        tsconfigRootDir: fileURLToPath(new URL('..', import.meta.url))
      }
    },
    rules: {
      // A number or an id in a template is what templates are for here.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true }
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' }
      ],
      // Fastify's plugins and hooks are async by contract, whether or not they wait.
      '@typescript-eslint/require-await': 'off',
      // A member left out on purpose is named by an underscore.
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }
      ],
      eqeqeq: 'error',
      'no-console': 'error'
    }
  },
  {
    // One slow pattern stops the process for every dealer.
    files: ['src/**'],
    plugins: { regexp },
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': [
        'error',
        { report: 'potential', ignorePartial: false, ignoreSticky: false }
      ]
    }
  },
  {
    files: ['src/schemas/**', 'src/routes/**'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "Property[key.name='pattern'] > .value:not([property.name='source'])",
          message: 'Write the pattern as `/…/u.source`: only regular expressions are checked.'
        }
      ]
    }
  },
  {
    files: ['src/**'],
    plugins: { leadyard: { rules: { 'no-sentence-comparison': noSentenceComparison } } },
    rules: {
      'leadyard/no-sentence-comparison': 'error',
      'no-restricted-imports': [
        'error',
        {
          name: 'drizzle-orm',
          importNames: ['inArray', 'notInArray'],
          message: 'Those of database/in-array.ts make a list one parameter.'
        }
      ]
    }
  },
  {
    // The labels in an ADF document's notes are its format: they are written and read back by us.
    files: ['src/domain/adf/notes.ts', 'src/domain/adf/restore-notes.ts'],
    rules: { 'leadyard/no-sentence-comparison': 'off' }
  },
  {
    files: ['test/**'],
    rules: {
      // Tests look into answers as any client would: without types.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off'
    }
  }
)
