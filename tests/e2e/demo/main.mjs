// The demonstration: a margin chain lives through 12 March 2020.
//
// A node with keeper and feeders, three operators on three venues, a dozen traders, a market maker, and a bidder at the
// house's auctions, all over polkadot.js. Margins follow volatility; a block is five minutes of candles to them as well. Ends
// with 0 only if nobody below maintenance waited for more than two blocks, nobody healthy was touched, every rise of a
// margin was told before, everybody could close what was left and take it home, and the books balance.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sudo } from '../lib/accounts.mjs';
import { blocks, until } from '../lib/blocks.mjs';
import { wrongInBooks } from '../lib/books.mjs';
import { allUsable, poolsOf, pricesOf, setChainDoor } from '../lib/margin.mjs';
import { Node } from '../lib/node.mjs';
import { beforePrices, setPace } from '../lib/pace.mjs';
import { OUT } from '../lib/places.mjs';
import { PriceSource } from '../lib/price-source.mjs';
import { Bidder } from './bidder.mjs';
import { compare } from './compare.mjs';
import { judge } from './judge.mjs';
import { Maker } from '../lib/maker.mjs';
import { picture } from './picture.mjs';
import { Recorder } from './recorder.mjs';
import { clock, comparison, homeLine, progress, saleLine, stepLine, table, totals } from './report.mjs';
import { CHAIN_DOOR_FROM, MARGIN_STEP, ROUND, TRADERS, WINDOW } from './script.mjs';
import { equip, leave, open } from './traders.mjs';

/** Blocks between two lines of progress. */
const PROGRESS = 4;
/** Blocks after the replay, in which the house goes on selling, before the traders go home: at least, and at most. */
const AFTERMATH = { least: 8, most: 45 };
/** Blocks between two looks at the books. */
const AUDIT = 10;

const say = line => console.log(line);

/** Runs the crowd over the replay, until its end. Returns what was recorded and what was wrong in the books. */
async function run(api, source) {
	const [maker, bidder, wrong] = [new Maker(api, source), new Bidder(api), []];
	await Promise.all([equip(api, TRADERS), bidder.equip()]);
	const recorder = new Recorder(TRADERS, source);
	const failures = [];
	const start = trader => {
		trader.begun = true;
		open(api, trader).then(
			() => say(`    ${trader.name} is in`),
			error => failures.push(error),
		);
	};
	const goHome = trader => {
		leave(api, trader).then(
			() => say(homeLine(trader)),
			error => failures.push(error),
		);
	};
	let [running, since, leaving, doorOpen, seen] = [false, 0, false, false, 0];
	for await (const block of blocks(api)) {
		const recorded = await recorder.record(block);
		await Promise.all([maker.trade(block), bidder.bid(block)]);
		recorded.steps.forEach(step => say(stepLine(step)));
		recorded.sales.forEach(sale => say(saleLine(sale)));
		if (seen++ % PROGRESS === 0) say(progress(recorded));
		if (seen % AUDIT === 0) wrong.push(...(await wrongInBooks(api, block.at)).map(w => `block ${block.number}, ${w}`));
		if (failures.length > 0) throw failures[0];

		const { time } = recorded;
		TRADERS.filter(({ arrives, begun }) => arrives <= time && !begun).forEach(start);
		if (!running && TRADERS.every(({ arrives, opened }) => opened || arrives > time)) {
			running = true;
			say(`the replay begins: ${clock(WINDOW.from)} to ${clock(WINDOW.to)} UTC at ${WINDOW.speed} times its speed`);
			await source.control({ paused: false });
		}
		if (!doorOpen && time >= CHAIN_DOOR_FROM) {
			doorOpen = true;
			say('    from now on the chain liquidates by itself as well');
			setChainDoor(api, true).catch(error => failures.push(error));
		}
		if (time >= WINDOW.to) {
			if (since === 0) await source.control({ paused: true });
			const done = since++ >= (recorded.onOffer === 0 ? AFTERMATH.least : AFTERMATH.most);
			if (done && !leaving) TRADERS.forEach(goHome);
			leaving ||= done;
			if (TRADERS.every(({ home }) => home !== undefined)) break;
		}
	}
	const { hash } = recorder.blocks.at(-1);
	const at = await api.at(hash);
	wrong.push(...(await wrongInBooks(api, at)).map(w => `at the end, ${w}`));
	return { recorder, pools: await poolsOf(at), wrong };
}

/** Makes the rounds of auctions as short as they may be: candle time runs many times faster than the chain's. */
async function shortenRounds(api) {
	const rules = await api.query.auctions.currentRules();
	await sudo(api, api.tx.auctions.setRules({ ...Object.fromEntries(rules.entries()), duration: ROUND }));
}

/** What every demonstration must have shown, beside being right. */
function missing({ blocks, steps, sales }) {
	const doors = new Set(steps.map(({ door }) => door));
	const unseen = ['Keeper', 'Chain'].filter(door => !doors.has(door));
	const buyers = new Set(sales.map(({ buyer }) => buyer));
	const absent = [['Taker', 'the market maker took'], ['Market', 'the AMM bought']].filter(([buyer]) => !buyers.has(buyer));
	const spared = TRADERS.filter(trader => steps.every(step => step.trader !== trader));
	const margin = (symbol, { margins }) => margins[symbol].inForce;
	const still = ['BTC', 'ETH'].filter(symbol => blocks.every(block => margin(symbol, block) < 2n * margin(symbol, blocks[0])));
	return [
		...still.map(symbol => `the margin of ${symbol} did not double`),
		...unseen.map(door => `no liquidation came through the door ${door}`),
		...absent.map(([, what]) => `${what} nothing at the auctions`),
		...spared.filter(({ home }) => home === 0n).map(({ name }) => `${name} was not liquidated and took nothing home`),
	];
}

async function main() {
	say('trying margins on the candles, then starting a price source and a node');
	const figures = await compare();
	const source = await PriceSource.start({ replay: 'crash', speed: WINDOW.speed });
	let node;
	try {
		await source.control({ seek: WINDOW.from });
		node = await beforePrices(source, async () => {
			const node = await Node.start({ sources: source.venues });
			await setPace(node.api, { stretch: MARGIN_STEP, bucket: MARGIN_STEP });
			return node;
		});
		const { api } = node;
		await until(api, 'usable prices', async ({ at }) => allUsable(await pricesOf(at)));
		await setChainDoor(api, false);
		await shortenRounds(api);
		say('prices are in; at first only the keeper liquidates');
		const { recorder, pools, wrong } = await run(api, source);
		const verdict = judge(recorder);
		wrong.push(...verdict.wrong, ...missing(recorder));

		mkdirSync(OUT, { recursive: true });
		const file = join(OUT, 'demo.svg');
		writeFileSync(file, picture(recorder, figures));
		say(`\n${table(recorder, verdict.waits)}\n\n${totals(recorder, verdict.waits, pools)}\n\n${comparison(figures)}`);
		say(`picture               ${file}`);
		if (wrong.length > 0) {
			say(`\nIt did not go as it must:\n${wrong.map(sentence => `  - ${sentence}`).join('\n')}`);
			return 1;
		}
		say('\nNobody below maintenance waited for more than two blocks, nobody healthy was touched, no margin rose untold,');
		say('everybody went home, and the books balance.');
		return 0;
	} catch (error) {
		say(`\n${error.stack}`);
		if (node) say(`the node's log: ${node.child.log}`);
		return 1;
	} finally {
		await node?.stop();
		await source.stop();
	}
}

process.exit(await main());
