// The report in text: lines while it runs, a table and totals at the end.

import { ASSETS, USDC, dollars, toNumber } from '../lib/amounts.mjs';
import { describe } from './script.mjs';

const number = (value, places = 2) =>
	value.toLocaleString('en-US', { minimumFractionDigits: places, maximumFractionDigits: places });

/** Candle time as `12 Mar 10:24`. */
export function clock(time) {
	const date = new Date(time * 1_000).toISOString();
	return `${date.slice(8, 10)} Mar ${date.slice(11, 16)}`;
}

/** A line on where the replay is: behind each price, the maintenance margin in force. */
export function progress({ number: block, time, prices, margins, accounts, onOffer }) {
	const price = symbol => `${symbol} ${number(toNumber(prices[symbol].live))}${mark(prices[symbol])} (${percent(margins[symbol])})`;
	const views = [...accounts.values()].map(({ view }) => view).filter(view => view);
	const below = views.filter(({ maintenance }) => maintenance < 0n).length;
	const parts = [clock(time), `block ${block}`, ...['BTC', 'ETH', 'DOT'].map(price), `${views.length} accounts`];
	if (below) parts.push(`${below} below maintenance`);
	if (onOffer >= 1) parts.push(`${number(onOffer, 0)} dollars at auction`);
	return parts.join('   ');
}

function percent({ inForce }) {
	return `${number(100 * toNumber(inForce), 1)} %`;
}

function mark({ verdict }) {
	return verdict === 'Usable' ? '' : ` (${verdict})`;
}

/** A line on a step. */
export function stepLine({ trader, door, round, repaid, taken, equityBefore, equityAfter }) {
	const moved = list => list.map(({ asset, amount }) => `${number(toNumber(amount, asset.decimals), 4)} ${asset.symbol}`);
	const what = `${moved(taken).join(' + ') || 'nothing'} taken for ${moved(repaid).join(' + ') || 'nothing'}`;
	const equity = `equity ${dollars(equityBefore)} -> ${dollars(equityAfter)}`;
	return `    ${trader?.name ?? 'somebody'} liquidated by the ${door.toLowerCase()}, round ${round}: ${what}, ${equity}`;
}

/** A line on a sale of the house. */
export function saleLine({ buyer, asset, amount, price, live }) {
	const who = buyer === 'Taker' ? 'the market maker takes' : 'the AMM buys';
	const share = number((100 * toNumber(price)) / toNumber(live));
	return `    ${who} ${number(toNumber(amount, asset.decimals), 4)} ${asset.symbol} of the house, clock at ${share} % of the live price`;
}

/** A line on who goes home. */
export function homeLine(trader) {
	return `    ${trader.name} goes home with ${home(trader)} USDC`;
}

/** USDC that a trader took home. */
export function home(trader) {
	return number(toNumber(trader.home, USDC.decimals));
}

/** The table of the traders. */
export function table(record, waits) {
	const head = ['trader', 'position', 'leverage', 'block', 'time', 'price', 'door', 'steps', 'waited', 'equity before', 'after', 'took home'];
	const rows = [...record.traders.values()].map(trader => row(record, waits, trader));
	return columns([head, ...rows], [0, 1, 4, 6]);
}

function row(record, waits, trader) {
	const steps = record.steps.filter(step => step.trader === trader);
	const leverage = `${Math.max(...trader.positions.map(position => position.leverage))}x`;
	const start = [trader.name, describe(trader), leverage];
	if (steps.length === 0) {
		return [...start, '-', '-', '-', 'not liquidated', '0', '-', '-', '-', home(trader)];
	}
	const [first, last] = [steps[0], steps.at(-1)];
	const { block } = first;
	const { symbol } = trader.positions[0].asset;
	const doors = [...new Set(steps.map(({ door }) => door.toLowerCase()))].join(', ');
	const waited = Math.max(...steps.map(step => waits.get(step)));
	return [
		...start, `${block.number}`, clock(block.time), number(priceAtStep(record, first, symbol)), doors,
		`${steps.length}`, `${waited}`, dollars(first.equityBefore), dollars(last.equityAfter), home(trader),
	];
}

/** The price that a step acted upon: the one latched in the block before. */
function priceAtStep(record, { block }, symbol) {
	const before = record.blocks.find(({ number }) => number === block.number - 1) ?? block;
	return toNumber(before.prices[symbol].live);
}

/** Rows in columns: those named in `left` to the left, the others to the right. */
function columns(rows, left) {
	const widths = rows[0].map((_, i) => Math.max(...rows.map(row => row[i].length)));
	const cell = (text, i) => (left.includes(i) ? text.padEnd(widths[i]) : text.padStart(widths[i]));
	const lines = rows.map(row => row.map(cell).join('  ').trimEnd());
	return [lines[0], '-'.repeat(lines[0].length), ...lines.slice(1)].join('\n');
}

/** Margins that follow volatility beside fixed ones, line by line: what `compare` found. */
export function comparison({ dynamic, same, five }) {
	const row = (name, { average, liquidated, badDebt, shortfall }) => [
		name,
		...[[average], [liquidated], [badDebt / 1e6 / 365], [shortfall / 1e7, 3]].map(([share, places]) => `${number(100 * share, places)} %`),
	];
	const rows = [
		['margins on these candles, 11 to 13 March', 'average', 'liquidated', 'bad debt a day', 'shortfall'],
		row('following volatility', dynamic),
		row('fixed, as high', same),
		row('fixed at 5 %', five),
	];
	return `${columns(rows, [0])}\n(of longs and shorts opened in every hour and held for a day; shortfall: of the next hour)`;
}

/** The totals. `pools` are those of the last block. */
export function totals(record, waits, pools) {
	const { prices } = record.blocks.at(-1);
	const worth = (field, asset) => (pools[asset.symbol][field] * prices[asset.symbol].live) / 10n ** BigInt(asset.decimals);
	const all = field => ASSETS.reduce((sum, asset) => sum + worth(field, asset), 0n);
	const sum = (list, field) => list.reduce((total, item) => total + item[field], 0n);
	const lost = sum(record.losses, 'loss');
	const under = record.steps.reduce((total, { equityBefore }) => total + (equityBefore < 0n ? -equityBefore : 0n), 0n);
	const by = door => record.steps.filter(step => step.door === door);
	const sold = buyer => record.sales.filter(sale => sale.buyer === buyer);
	const sales = buyer => `${sold(buyer).length} sales, ${dollars(sum(sold(buyer), 'value'))} dollars`;
	const restarts = record.rounds.filter(({ cause }) => cause !== 'First').length;
	const covered = record.covered.reduce((total, { block, asset, amount }) => {
		return total + (amount * block.prices[asset.symbol].live) / 10n ** BigInt(asset.decimals);
	}, 0n);
	const spread = steps => {
		const counts = new Map();
		steps.forEach(step => counts.set(waits.get(step), (counts.get(waits.get(step)) ?? 0) + 1));
		return [...counts].sort(([a], [b]) => a - b).map(([wait, count]) => `${count} after ${wait}`).join(', ') || 'none';
	};
	return [
		`liquidation steps     ${record.steps.length}: ${by('Keeper').length} by the keeper, ${by('Chain').length} by the chain`,
		`penalties             ${dollars(sum(record.steps, 'penalty'))} dollars`,
		`insurance fund        ${dollars(all('fund'))} dollars in pool shares`,
		`bad debt              ${dollars(lost)} dollars: ${dollars(under)} of accounts without equity, the rest lost by the house on its sales`,
		`    paid by the fund  ${dollars(sum(record.losses, 'byFund'))} dollars`,
		`    and later         ${dollars(covered)} dollars`,
		`deficit of the pools  ${dollars(all('deficit'))} dollars, not paid yet`,
		`rounds of auctions    ${record.rounds.length}, ${restarts} of them after another one of the same lot`,
		`    market maker      ${sales('Taker')}`,
		`    AMM               ${sales('Market')}`,
		`    in kind           ${record.inKind.length} lots`,
		`blocks from crossing to liquidation`,
		`    by the keeper     ${spread(by('Keeper'))}`,
		`    by the chain      ${spread(by('Chain'))}`,
	].join('\n');
}

