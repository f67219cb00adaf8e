// What predictive models say: looked at only in shadow, a tightening when three reporters agree, and nothing once they are
// silent.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fresh, fund, funded, sudo } from './lib/accounts.mjs';
import { BTC, ONE, assetOf, fixed, toNumber } from './lib/amounts.mjs';
import { eventsOf, until } from './lib/blocks.mjs';
import { multipliersOf, poolsOf } from './lib/margin.mjs';
import { put, rewrite, typeOf } from './lib/records.mjs';
import { stageFor } from './lib/stage.mjs';
import { event, refusal, send } from './lib/tx.mjs';

/** Milliseconds of a step of the margins: five minutes on the chain, as the looks at volatility are here too. */
const STEP = 1_000;
/** For how long a report counts, in milliseconds. */
const VALIDITY = 30 * 60_000;
/** What the three models ask for. */
const REPORTS = [1.2, 1.4, 1.5];
const UNLISTED = 77;

let reporters;
const on = stageFor({ keeper: false, pace: { stretch: STEP } }, async ({ api }) => {
	await rewrite(api, BTC, config => ({ volatility: { ...config.volatility.unwrap().toJSON(), rise: fixed(1) } }));
	reporters = REPORTS.map(() => fresh());
	await fund(api, reporters.map(who => ({ who, assets: [] })));
	for (const { address } of reporters) await sudo(api, api.tx.reporters.addMember(address));
});

const report = (who, multiplier, asset = BTC) => {
	const { api } = on.stage;
	return send(api, who, api.tx.forecast.report(asset.id, fixed(multiplier)));
};

const reportAll = () => Promise.all(REPORTS.map((multiplier, i) => report(reporters[i], multiplier)));

/** The first block whose state fulfils a condition on the margin of BTC. */
const margin = (what, condition) => until(on.stage.api, what, async ({ at }) => condition((await poolsOf(at)).BTC));

/** What is asked for of BTC without any forecast. */
let calm;

test('a multiplier is taken from reporters alone, for listed assets, and from 1 to 1.5', async () => {
	const { api } = on.stage;
	const stranger = await funded(api);
	const refused = async attempt => (await refusal(attempt))?.name;
	assert.equal(await refused(report(stranger, 1.2)), 'forecast.NotAReporter');
	assert.equal(await refused(report(reporters[0], 1.2, { id: UNLISTED })), 'forecast.UnknownKey');
	assert.equal(await refused(report(reporters[0], 0.9)), 'forecast.MultiplierOutOfRange');
	assert.equal(await refused(report(reporters[0], 1.6)), 'forecast.MultiplierOutOfRange');
});

test('in shadow the median is told, and changes nothing', async () => {
	const { api } = on.stage;
	calm = await margin('a way of the margin', ({ path }) => path?.required);
	const sent = await reportAll();
	const told = event(sent.at(-1).events, 'forecast', 'Reported');
	assert.equal(told.multiplier.toBigInt(), fixed(REPORTS.at(-1)));
	const { BTC: view } = await multipliersOf(api);
	assert.deepEqual([view.multiplier, view.median, view.reports, view.shadow], [ONE, fixed(1.4), 3, true]);
	const { path } = (await poolsOf(api)).BTC;
	assert.ok(path.required <= (calm * 101n) / 100n, 'the margin moved all the same');
});

test('out of shadow it raises the margin, the initial one at once and the other by told steps', async () => {
	const { api } = on.stage;
	await sudo(api, api.tx.forecast.setShadow(null, false));
	await sudo(api, api.tx.forecast.setShadow(BTC.id, false));
	assert.equal((await multipliersOf(api)).BTC.multiplier, fixed(1.4));
	const raised = await margin('more margin to be asked for', pool => pool.path.required > (calm * 13n) / 10n && pool);
	const factor = Number(raised.path.required) / Number(calm);
	assert.ok(factor > 1.35 && factor < 1.42, `the margin is to be raised by ${factor}`);
	assert.ok(raised.margin.initial >= 2n * raised.path.required, 'the initial margin is not there yet');
	assert.ok(raised.margin.maintenance < raised.path.required, 'the maintenance margin jumped');
	const { to } = await until(api, 'a warning', async ({ at }) => {
		const warnings = await eventsOf(at, 'margin', 'MarginRising');
		return warnings.map(({ data }) => data).find(({ asset }) => assetOf(asset) === BTC);
	});
	assert.ok(to.toBigInt() <= raised.path.required);
	await margin('the margin to rise', pool => pool.margin.maintenance > (calm * 12n) / 10n);
	assert.equal((await multipliersOf(api)).USDC, undefined, 'nobody has reported on USDC');
});

test('one reporter moves the median no further than to what another one says', async () => {
	const { api } = on.stage;
	await report(reporters[0], 1.5);
	assert.equal((await multipliersOf(api)).BTC.multiplier, fixed(1.5));
	await report(reporters[0], 1);
	assert.equal((await multipliersOf(api)).BTC.multiplier, fixed(1.4));
});

test('when a reporter is dismissed, or all are silent, the margin goes back', async () => {
	const { api } = on.stage;
	const [one] = reporters;
	await sudo(api, api.tx.reporters.removeMember(one.address));
	const left = (await multipliersOf(api)).BTC;
	assert.deepEqual([left.multiplier, left.median, left.reports], [ONE, undefined, 2]);
	await sudo(api, api.tx.reporters.addMember(one.address));
	await report(one, 1.4);
	assert.equal((await multipliersOf(api)).BTC.multiplier, fixed(1.4));

	await grow(VALIDITY);
	const silent = (await multipliersOf(api)).BTC;
	assert.deepEqual([silent.multiplier, silent.median, silent.reports], [ONE, undefined, 0]);
	const back = await margin('less margin to be asked for', pool => pool.path.required < (calm * 11n) / 10n && pool);
	assert.ok(back.margin.maintenance > back.path.required, 'the maintenance margin fell at once');
	const falling = await until(api, 'the margin to fall', async ({ at }) => {
		const events = await eventsOf(at, 'margin', 'MarginFalling');
		return events.map(({ data }) => data).find(({ asset }) => assetOf(asset) === BTC);
	});
	assert.ok(toNumber(falling.to.toBigInt()) < toNumber(falling.maintenance.toBigInt()));
});

/** Makes all reports on BTC older by so many milliseconds, as a test has no time to wait. */
async function grow(milliseconds) {
	const { api } = on.stage;
	const map = api.query.forecast.forecasts;
	const { reports, shadow, told } = await map(BTC.id);
	const older = reports.map(({ reporter, multiplier, at }) => ({ reporter, multiplier, at: at.toNumber() - milliseconds }));
	await put(api, map, BTC.id, api.createType(typeOf(api, map), { reports: older, shadow, told }));
}
