// Examples are found, and run one behind the other in one scope.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blocksOf, examplesOf, firstColumn, programOf, sectionOf } from './document.mjs';

const TEXT = `# Title

## One

\`\`\`js
import assert from 'node:assert/strict';
import { add } from 'sums';
const two = await add(1, 1);
\`\`\`

\`\`\`sh
exit 1
\`\`\`

\`\`\`js
assert.equal(two, 2);
\`\`\`

## Two

| name | what |
|---|---|
| \`first\`, \`second(of)\` | \`third\` |

\`\`\`js
assert.equal(two, 3);
\`\`\`
`;
const modules = { 'node:assert/strict': { default: assert }, sums: { add: async (a, b) => a + b } };

test('examples have the heading above them as their title', () => {
	assert.deepEqual(examplesOf(TEXT).map(({ title }) => title), ['One', 'One, 2', 'Two']);
});

test('a later example sees what an earlier one declared, and what is wrong fails', async () => {
	const program = programOf(examplesOf(TEXT), modules);
	assert.equal((await program.next()).done, false);
	assert.equal((await program.next()).done, false);
	await assert.rejects(program.next(), /3/);
	assert.equal((await program.next()).done, true);
});

test('the names of a table are those in its first column', () => {
	assert.deepEqual(firstColumn(sectionOf(TEXT, 'Two')), ['first', 'second']);
	assert.throws(() => sectionOf(TEXT, 'Three'), /no section/);
});

test('named blocks are found by their language, kind and name', () => {
	const named = '```js call=one\n1\n```\n\n```js call=two\n2\n3\n```\n\n```json xcm=one\n{}\n```\n';
	assert.deepEqual([...blocksOf(named, 'js', 'call')], [['one', '1\n'], ['two', '2\n3\n']]);
	assert.deepEqual([...blocksOf(named, 'json', 'xcm').keys()], ['one']);
	assert.equal(blocksOf(named, 'js', 'xcm').size, 0);
});
