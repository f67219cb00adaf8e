// Margins follow volatility: the initial one at once, the maintenance one step by step, each told before it can hurt.
//
// A step is five minutes on the chain, and a second here.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BTC, ONE, USDC, assetOf, fixed, toNumber } from './lib/amounts.mjs';
import { blocks, eventsOf, until } from './lib/blocks.mjs';
import { accountOf, balanceIn, poolsOf, pricesOf } from './lib/margin.mjs';
import { rewrite } from './lib/records.mjs';
import { stageFor } from './lib/stage.mjs';

/** Milliseconds of a step: a block is two seconds long, so that each begins the next. */
const STEP = 1_000;
/** How far the margin may rise and fall in an hour here: by as much of itself as parameters allow. */
const SPEED = { rise: fixed(1), fall: fixed(0.5) };
/** How far that lets it rise, and fall, in a step. */
const STEPS = { rise: 2 ** (1 / 12), fall: 0.5 ** (1 / 12) };
/** Where prices swing: factors, each within the chain's band around the one before. */
const SWING = [1.055, 1.11, 1.055, 1];
/** For how many blocks a price stands. */
const STAND = 3;

const on = stageFor({ keeper: false, pace: { stretch: STEP, bucket: STEP } }, async ({ api }) => {
	await rewrite(api, BTC, config => ({ volatility: { ...config.volatility.unwrap().toJSON(), ...SPEED } }));
});

/** What is told of the margin of BTC in a block. */
async function told(at, method) {
	const events = await eventsOf(at, 'margin', method);
	const mine = events.map(({ data }) => data).filter(({ asset }) => assetOf(asset) === BTC);
	return mine.map(({ maintenance, to, by, required }) => ({
		maintenance: maintenance.toBigInt(),
		to: to.toBigInt(),
		by: by.toNumber(),
		required: required.toBigInt(),
	}))[0];
}

/** Lets the price of BTC swing upwards from where it is and back, until a block fulfils a condition. Answers with that. */
async function swing(stage, what, condition, ceiling = 80) {
	const bottom = toNumber((await pricesOf(stage.api)).BTC.live);
	let seen = 0;
	for await (const block of blocks(stage.api)) {
		const result = await condition(block);
		if (result) {
			await stage.walk('BTC', bottom.toFixed(6));
			return result;
		}
		if (seen % STAND === 0) {
			const factor = SWING[(seen / STAND) % SWING.length];
			await stage.source.set({ BTC: (bottom * factor).toFixed(6) });
		}
		assert.ok(seen++ < ceiling, `waited ${ceiling} blocks in vain: ${what}`);
	}
}

test('a pool tells the margins in force, and where they are going until when', async () => {
	const { api } = on.stage;
	const { at, pool } = await until(api, 'a way of the margin', async ({ at }) => {
		const pool = (await poolsOf(at)).BTC;
		return pool.path && { at, pool };
	});
	const { margin, path } = pool;
	const { config } = (await at.query.margin.assets(BTC.id)).unwrap();
	const now = (await at.query.timestamp.now()).toNumber();
	assert.ok(margin.maintenance >= config.margin.maintenance.toBigInt(), 'never below the listed one');
	assert.ok(path.since <= now && path.until === path.since + STEP, `from ${path.since} until ${path.until}, now ${now}`);
	const ends = path.from < path.to ? [path.from, path.to] : [path.to, path.from];
	assert.ok(ends[0] <= margin.maintenance && margin.maintenance <= ends[1], 'the ratio in force is on the step');
	const asked = path.required > margin.maintenance ? path.required : margin.maintenance;
	assert.ok(margin.initial >= 2n * asked, 'twice of what is asked for, at once');
	assert.ok(margin.initial >= margin.target && margin.target >= margin.maintenance);
	assert.equal((await poolsOf(at)).USDC.path, undefined, 'the stable asset has listed margins alone');
});

test('when prices swing, the initial margin follows at once, and the maintenance one by told and limited steps', async () => {
	const { stage } = on;
	const before = (await poolsOf(stage.api)).BTC;
	const seen = [];
	await swing(stage, 'ten rises of the margin', async ({ number, at }) => {
		const { margin, path } = (await poolsOf(at)).BTC;
		seen.push({ number, margin, path, rising: await told(at, 'MarginRising') });
		return path.required > 2n * before.margin.maintenance && seen.filter(({ rising }) => rising).length >= 10;
	});
	for (const [i, { number, margin, path, rising }] of seen.entries()) {
		assert.ok(margin.initial >= 2n * path.required || margin.initial === ONE / 2n, `initial margin in block ${number}`);
		const earlier = seen[i - 1];
		if (earlier === undefined || margin.maintenance <= earlier.margin.maintenance) continue;
		const { to } = earlier.rising ?? assert.fail(`the margin rose in block ${number}, and no event told it before`);
		assert.ok(margin.maintenance <= to, `in block ${number} it rose further than was told`);
		const factor = Number(margin.maintenance) / Number(earlier.margin.maintenance);
		assert.ok(factor <= STEPS.rise + 1e-9, `in block ${number} it rose by a factor of ${factor}`);
		if (rising) assert.equal(rising.maintenance, margin.maintenance, 'what is told begins at the ratio in force');
	}
	const after = (await poolsOf(stage.api)).BTC;
	assert.ok(after.margin.maintenance > before.margin.maintenance && after.margin.initial > before.margin.initial);
});

test('whom the margin alone brings below maintenance was warned, and is liquidated all the same', async () => {
	const { stage, stage: { api } } = on;
	const first = await calm();
	const { who } = await stage.trader({ leverage: 7 });
	const opened = (await pricesOf(api)).BTC.live;
	assert.ok((await accountOf(api, who)).maintenance > 0n);
	const warnings = [];
	const step = await swing(stage, 'the liquidation of a healthy account by its margin', async ({ number, at }) => {
		const steps = await eventsOf(at, 'margin', 'Liquidated');
		const { margin } = (await poolsOf(at)).BTC;
		if (steps.some(({ data }) => data.owner.eq(who.address))) return { number, margin, live: (await pricesOf(at)).BTC.live };
		const rising = await told(at, 'MarginRising');
		if (rising) warnings.push({ number, ...rising });
	}, 160);
	assert.ok(step.live >= (opened * 99n) / 100n, 'the price stands no lower than when it was opened');
	assert.ok(warnings.length > 5, `${warnings.length} warnings came before the liquidation`);
	const last = warnings.at(-1);
	assert.ok(last.number < step.number && last.to >= step.margin.maintenance, 'the last warning told what came');
	assert.ok(step.margin.maintenance > first, `from ${first} to ${step.margin.maintenance}`);
	assert.ok((await accountOf(api, who)).maintenance >= 0n);
	assert.equal(balanceIn(await accountOf(api, who), USDC).side, 'Debt');
});

/** Waits until the initial margin leaves room for a leverage of 7. Answers with the maintenance margin then. */
async function calm() {
	return until(on.stage.api, 'a calm market', async ({ at }) => {
		const { initial, maintenance } = (await poolsOf(at)).BTC.margin;
		return initial < fixed(0.12) && maintenance;
	}, 200);
}

test('when prices come to rest, margins fall again, slowly', async () => {
	const { api } = on.stage;
	const fallen = await until(api, 'the margin to fall', async ({ at }) => told(at, 'MarginFalling'), 120);
	assert.ok(fallen.to < fallen.maintenance);
	assert.ok(Number(fallen.to) / Number(fallen.maintenance) >= STEPS.fall - 1e-9, 'it falls faster than its parameters allow');
});
