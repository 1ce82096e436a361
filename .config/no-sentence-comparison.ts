import type { Rule } from 'eslint'
import type ts from 'typescript'

/** Two words in a row, the second in small letters: no blank, no keyword of a protocol, no media type. */
const SENTENCE = /\p{L}[,:]?\s+\p{Ll}/u

/** Methods of texts that compare them. */
const COMPARING = new Set(['includes', 'startsWith', 'endsWith', 'indexOf', 'localeCompare'])

/** The part of the TypeScript parser's services that is used here. */
interface TypeServices {
  getTypeAtLocation: (node: Rule.Node) => ts.Type
}

/**
 * Sentences are for people and may change at any time: programs compare codes. Reports a comparison
 * with a text of several words, written there or in a constant.
 */
export const noSentenceComparison: Rule.RuleModule = {
  meta: {
    type: 'problem',
    messages: { sentence: 'Compare a code, not the sentence “{{text}}”.' },
    schema: []
  },
  create(context) {
    const services = context.sourceCode.parserServices as TypeServices
    const check = (...nodes: readonly object[]) => {
      for (const node of nodes as Rule.Node[]) {
        const text = textsOf(services.getTypeAtLocation(node)).find((one) => SENTENCE.test(one))
        if (text !== undefined) context.report({ node, messageId: 'sentence', data: { text } })
      }
    }
    return {
      BinaryExpression({ operator, left, right }) {
        if (/^[!=]==?$/.test(operator)) check(left, right)
      },
      SwitchCase({ test }) {
        if (test) check(test)
      },
      CallExpression({ callee, arguments: given }) {
        if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return
        if (COMPARING.has(callee.property.name)) check(...given)
      }
    }
  }
}

/** The texts that a value of this type can be, as far as its type says. */
function textsOf(type: ts.Type): string[] {
  if (type.isUnion()) return type.types.flatMap(textsOf)
  return type.isStringLiteral() ? [type.value] : []
}
