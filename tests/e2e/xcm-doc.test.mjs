// The messages of docs/xcm.md come to the bytes beside them, its examples name calls that there are, and its tables name what
// the parachain's runtime has: nothing less, nothing more. tests/xcm runs the bytes.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { blocksOf, firstColumn, namesOf, partOf, sectionOf } from './lib/document.mjs';
import { parachainRuntime } from './lib/parachain.mjs';
import { ROOT } from './lib/places.mjs';

/** Bob of the development accounts, who is the user of the guide. */
const BOB = '0x8eaf04151687736326c9fea17e25fc5287613693c912909cb226aa4794f26a48';

const text = readFileSync(join(ROOT, 'docs', 'xcm.md'), 'utf8');
const calls = blocksOf(text, 'js', 'call');
const messages = blocksOf(text, 'json', 'xcm');
const bytes = blocksOf(text, 'text', 'hex');
const runtime = await parachainRuntime();

/** A call of the guide, as bytes. */
function encoded(name) {
	return new Function('api', 'BOB', `return ${calls.get(name)}`)(runtime, BOB).toHex();
}

/** Every `encoded` within a value. */
function callsWithin(value) {
	if (value === null || typeof value !== 'object') return [];
	return Object.entries(value).flatMap(([key, inner]) => (key === 'encoded' ? [inner] : callsWithin(inner)));
}

test('there are messages, and each has its bytes', () => {
	assert.ok(messages.size >= 10);
	const without = [...messages.keys(), ...calls.keys()].filter(name => !bytes.has(name));
	assert.deepEqual(without, []);
	const unknown = [...bytes.keys()].filter(name => !messages.has(name) && !calls.has(name));
	assert.deepEqual(unknown, []);
});

for (const [name, message] of messages) {
	test(`message: ${name}`, () => {
		const value = JSON.parse(message);
		const [, taken] = runtime.tx.polkadotXcm.send({ V5: { parents: 0, interior: 'Here' } }, value).args;
		assert.equal(taken.toHex(), bytes.get(name).trim());
		assert.deepEqual(callsWithin(value), calls.has(name) ? [encoded(name)] : []);
	});
}

for (const name of [...calls.keys()].filter(name => !messages.has(name))) {
	test(`call: ${name}`, () => assert.equal(encoded(name), bytes.get(name).trim()));
}

/** Both lists have the same names, each once. */
function same(written, real) {
	assert.deepEqual(written.toSorted(), [...real].sort());
}

for (const [pallet, title, of] of [
	['gateway', 'The pallet of the gateway', 'the gateway'],
	['riskFeed', 'The pallet of risk parameters', 'risk parameters'],
]) {
	const section = sectionOf(text, title);

	test(`${pallet}: the calls are those of the chain`, () => {
		const part = partOf(section, `Calls of ${of}`);
		same([...firstColumn(part), ...namesOf(part.split("Governance's:")[1])], Object.keys(runtime.tx[pallet]));
	});

	test(`${pallet}: the errors are those of the chain`, () => {
		same(firstColumn(partOf(section, `Errors of ${of}`)), Object.keys(runtime.errors[pallet]));
	});

	test(`${pallet}: the events are those of the chain`, () => {
		same(firstColumn(partOf(section, `Events of ${of}`)), Object.keys(runtime.events[pallet]));
	});
}

test('what a message reaches is there', () => {
	const rows = [...partOf(sectionOf(text, 'What the chain is to yours'), 'What a message reaches').matchAll(/^\| (`.*?) \| (.*?) \|$/gm)];
	assert.ok(rows.length >= 6);
	for (const [, pallets, names] of rows) {
		for (const name of namesOf(names)) {
			const there = namesOf(pallets).some(pallet => runtime.tx[pallet][name] !== undefined);
			assert.ok(there, `${pallets} has no ${name}`);
		}
	}
});
