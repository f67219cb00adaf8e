// The examples of docs/trading.md run in their order, and its tables name what the chain has: nothing less, nothing more.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import * as polkadot from '@polkadot/api';
import { examplesOf, firstColumn, namesOf, partOf, programOf, sectionOf } from './lib/document.mjs';
import { ROOT } from './lib/places.mjs';
import { stageFor } from './lib/stage.mjs';

/** Where the document says that the chain is. */
const ADDRESS = 'ws://127.0.0.1:9944';

const text = readFileSync(join(ROOT, 'docs', 'trading.md'), 'utf8');
const examples = examplesOf(text);
const ofAuctions = sectionOf(text, 'The pallet of auctions');
const ofForecasts = sectionOf(text, 'The pallet of forecasts');
/** What only offchain workers send. */
const KEEPERS = ['liquidateUnsigned', 'liquidatePage', 'sellToMarketUnsigned'];
const on = stageFor({ keeper: false });
let program, client;

/** The client's library, whose connection is kept so that a failure does not leave it open. */
const ApiPromise = { create: async options => (client = await polkadot.ApiPromise.create(options)) };
const modules = { '@polkadot/api': { ...polkadot, ApiPromise }, 'node:assert/strict': { default: assert } };

after(() => client?.disconnect());

for (const { title } of examples) {
	test(`example: ${title}`, async () => {
		program ??= programOf(examples, modules, code => code.replace(ADDRESS, on.stage.node.url));
		const { done } = await program.next();
		assert.ok(!done, 'an example before this one failed');
	});
}

/** Both lists have the same names, each once. */
function same(written, real) {
	assert.deepEqual(written.toSorted(), [...real].sort());
}

test('there are examples, and every call that a trader makes is in one', () => {
	const { api } = on.stage;
	const code = examples.map(({ code }) => code).join('');
	const signed = table => firstColumn(table).filter(name => !KEEPERS.includes(name));
	const own = {
		margin: signed(sectionOf(text, 'Calls')),
		auctions: signed(partOf(ofAuctions, 'Calls of auctions')),
		forecast: signed(partOf(ofForecasts, 'Calls of forecasts')),
	};
	for (const [pallet, names] of Object.entries(own)) {
		for (const name of names) assert.match(code, new RegExp(`tx\\.${pallet}\\.${name}\\(`), `${name} has no example`);
	}
	for (const name of Object.keys(api.call.marginApi)) {
		assert.match(code, new RegExp(`marginApi\\.${name}\\(`), `${name} has no example`);
	}
});

test('the calls are those of the chain', () => {
	const { tx } = on.stage.api;
	const tables = [
		[sectionOf(text, 'Calls'), tx.margin],
		[partOf(ofAuctions, 'Calls of auctions'), tx.auctions],
		[partOf(ofForecasts, 'Calls of forecasts'), tx.forecast],
	];
	for (const [section, calls] of tables) {
		same([...firstColumn(section), ...namesOf(section.split("Governance's:")[1])], Object.keys(calls));
	}
});

test('the questions are those of the runtime API', () => {
	same(firstColumn(sectionOf(text, 'Runtime API')), Object.keys(on.stage.api.call.marginApi));
});

test('the errors are those of the chain', () => {
	const { errors } = on.stage.api;
	same(firstColumn(sectionOf(text, 'Errors')), Object.keys(errors.margin));
	const part = partOf(ofAuctions, 'Errors of auctions');
	same([...firstColumn(part), ...namesOf(part.split('Governance alone')[1])], Object.keys(errors.auctions));
	same(firstColumn(partOf(ofForecasts, 'Errors of forecasts')), Object.keys(errors.forecast));
});

test('the events are those of the chain', () => {
	const { events } = on.stage.api;
	same(firstColumn(sectionOf(text, 'Events')), Object.keys(events.margin));
	same(firstColumn(partOf(ofAuctions, 'Events of auctions')), Object.keys(events.auctions));
	same(firstColumn(partOf(ofForecasts, 'Events of forecasts')), Object.keys(events.forecast));
});
