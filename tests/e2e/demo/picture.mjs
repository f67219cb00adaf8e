// The picture of the demonstration: prices with the maintenance margin around them, the health of some accounts, every
// liquidation, and what became of what the house took over.

import { ONE, USDC, toNumber } from '../lib/amounts.mjs';
import { describe, CHAIN_DOOR_FROM, WINDOW } from './script.mjs';
import { apart, element, line, polyline, scale, text } from './svg.mjs';

const WIDTH = 1280;
const LEFT = 210;
const RIGHT = WIDTH - 130;
const PRICES = { top: 180, bottom: 430 };
const HEALTH = { top: 500, bottom: 730 };
const HOUSE = { top: 800, bottom: 910 };
const TRADERS_TOP = 978;
const ROW = 24;

const INK = '#1f2937';
const QUIET = '#6b7280';
const GRID = '#e5e7eb';
const DOORS = { Keeper: '#0f766e', Chain: '#be123c' };
const BUYERS = { Taker: '#7c3aed', Market: '#d97706' };
const FUND = '#0369a1';
const PRICE_COLOURS = { BTC: '#d97706', ETH: '#4f46e5' };
const ACCOUNT_COLOURS = ['#be123c', '#0369a1', '#a16207', '#7c3aed', '#0f766e', '#64748b'];
/** Accounts whose health is drawn. */
const SHOWN = 6;
/** Highest health that is drawn, in percent of the deposits. */
const HEALTHIEST = 50;
const SICKEST = -6;

/**
 * Draws a record.
 *
 * @param {import('./recorder.mjs').Recorder} record
 * @param {object} figures from `compare`: margins that follow volatility beside fixed ones
 * @returns {string} an SVG document
 */
export function picture(record, figures) {
	const traders = [...record.traders.values()];
	const height = TRADERS_TOP + traders.length * ROW + 96;
	const { blocks } = record;
	// The last blocks come a little later than the window ends.
	const x = scale([WINDOW.from, Math.max(WINDOW.to, blocks.at(-1).time)], [LEFT, RIGHT]);
	const bottom = TRADERS_TOP + traders.length * ROW;
	const parts = [
		element('rect', { width: WIDTH, height, fill: '#ffffff' }),
		heading(record, figures),
		times(x, bottom),
		doors(x, bottom),
		pricePanel(blocks, record.steps, x),
		healthPanel(blocks, record.steps, traders, x),
		housePanel(record, x),
		traderPanel(blocks, record.steps, traders, x),
		legend(bottom + 66),
	];
	const size = { width: WIDTH, height, viewBox: `0 0 ${WIDTH} ${height}`, xmlns: 'http://www.w3.org/2000/svg' };
	return `${element('svg', { ...size, 'font-family': 'Helvetica, Arial, sans-serif', 'font-size': 13, fill: INK }, ...parts)}\n`;
}

function heading({ steps, sales }, { dynamic, same, five }) {
	const count = door => steps.filter(step => step.door === door).length;
	const lines = [
		`Hourly candles replayed at ${WINDOW.speed} times their speed, prices as latched on chain. ${steps.length} liquidation steps: ` +
			`${count('Keeper')} by the keeper's unsigned extrinsics, ${count('Chain')} by the chain itself.`,
		`${sold(sales, 'Taker')} sales of the house to a market maker at its auctions, ${sold(sales, 'Market')} to the AMM.`,
		'What becomes of longs and shorts opened in every hour of these candles, 11 to 13 March, by margin-backtest:',
		`with the margins that follow volatility, ${outcome(dynamic)};`,
		`with fixed ones as high, ${outcome(same)};`,
		`with fixed ones, ${outcome(five)}.`,
	];
	return [
		text(LEFT, 30, '12 March 2020, lived through by a margin chain', { 'font-size': 22, 'font-weight': 'bold' }),
		...lines.map((words, i) => text(LEFT, 52 + 17 * i, words, { fill: QUIET })),
	].join('');
}

const percents = (share, places = 1) => `${(100 * share).toFixed(places)} %`;

/** What became of positions opened in every hour, as `compare` found. */
function outcome({ average, liquidated, badDebt, shortfall }) {
	const debt = `bad debt ${percents(badDebt / 1e6 / 365)} a day`;
	return `${percents(average)} on average, ${percents(liquidated)} are liquidated, ${debt}, shortfall ${percents(shortfall / 1e7, 2)}`;
}

const sold = (sales, buyer) => sales.filter(sale => sale.buyer === buyer).length;

/** Times of day through all panels. */
function times(x, bottom) {
	const marks = [];
	for (let time = WINDOW.from; time <= WINDOW.to; time += 2 * 3_600) {
		const date = new Date(time * 1_000);
		const hour = `${date.getUTCHours()}`.padStart(2, '0');
		const midnight = date.getUTCHours() === 0;
		marks.push(line(x(time), PRICES.top, x(time), bottom, { stroke: midnight ? '#9ca3af' : GRID }));
		marks.push(text(x(time), bottom + 18, `${hour}:00`, { 'text-anchor': 'middle', fill: QUIET, 'font-size': 12 }));
		if (midnight) {
			const day = `${date.getUTCDate()} March`;
			marks.push(text(x(time), bottom + 35, day, { 'text-anchor': 'middle', 'font-size': 12, 'font-weight': 'bold' }));
		}
	}
	marks.push(text(LEFT, bottom + 35, 'UTC', { fill: QUIET, 'font-size': 12, 'text-anchor': 'middle' }));
	return marks.join('');
}

/** Which doors are open when. */
function doors(x, bottom) {
	const from = x(CHAIN_DOOR_FROM);
	const top = PRICES.top - 24;
	const label = { 'font-size': 12, fill: QUIET };
	return [
		element('rect', { x: from, y: top, width: RIGHT - from, height: bottom - top, fill: DOORS.Chain, opacity: 0.05 }),
		text(LEFT + 4, top + 15, "only the keeper's door is open", label),
		text(from + 4, top + 15, "the chain's own door is open too", label),
	].join('');
}

function panel({ top, bottom }, title, y, marks, unit) {
	return [
		text(LEFT - 12, top + 4, title[0], { 'text-anchor': 'end', 'font-weight': 'bold', dx: -44 }),
		...title.slice(1).map((words, i) => text(LEFT - 56, top + 21 + 15 * i, words, { 'text-anchor': 'end', fill: QUIET, 'font-size': 12 })),
		...marks.map(mark => line(LEFT, y(mark), RIGHT, y(mark), { stroke: mark === 0 ? INK : GRID })),
		...marks.map(mark => text(LEFT - 8, y(mark) + 4, `${mark}${unit}`, { 'text-anchor': 'end', fill: QUIET, 'font-size': 12 })),
		line(LEFT, bottom, RIGHT, bottom, { stroke: GRID }),
	].join('');
}

function pricePanel(blocks, steps, x) {
	const first = symbol => toNumber(blocks[0].prices[symbol].live);
	const percent = symbol => block => (100 * toNumber(block.prices[symbol].live)) / first(symbol);
	const margin = (symbol, block) => toNumber(block.margins[symbol].inForce);
	const edge = (symbol, side) => block => percent(symbol)(block) * (1 + side * margin(symbol, block));
	const all = Object.keys(PRICE_COLOURS).flatMap(symbol => [-1, 1].flatMap(side => blocks.map(edge(symbol, side))));
	const [lowest, highest] = [Math.floor(Math.min(...all) / 10) * 10, Math.ceil(Math.max(...all) / 10) * 10];
	const y = scale([lowest, highest], [PRICES.bottom, PRICES.top]);
	const marks = [];
	for (let mark = lowest; mark <= highest; mark += 10) marks.push(mark);
	const symbols = Object.keys(PRICE_COLOURS);
	const ends = apart(symbols.map(symbol => y(percent(symbol)(blocks.at(-1)))), 44, PRICES.bottom);
	return [
		panel(PRICES, ['Prices', '12 March, 06:00 = 100', 'DOT follows ETH', 'shaded: maintenance', 'margin in force'], y, marks, ''),
		...symbols.map(symbol => {
			const side = way => blocks.map(block => [x(block.time), y(edge(symbol, way)(block))]);
			return polyline([...side(1), ...side(-1).reverse()], { fill: PRICE_COLOURS[symbol], 'fill-opacity': 0.14 });
		}),
		...steps.map(({ block, door }) =>
			line(x(block.time), PRICES.top, x(block.time), PRICES.bottom, { stroke: DOORS[door], opacity: 0.35 }),
		),
		...symbols.map(symbol =>
			polyline(blocks.map(block => [x(block.time), y(percent(symbol)(block))]), { stroke: PRICE_COLOURS[symbol], 'stroke-width': 2.2 }),
		),
		...symbols.flatMap((symbol, i) => {
			const price = toNumber(blocks.at(-1).prices[symbol].live).toLocaleString('en-US', { maximumFractionDigits: 0 });
			return [
				text(RIGHT + 10, ends[i] + 2, symbol, { fill: PRICE_COLOURS[symbol], 'font-weight': 'bold' }),
				text(RIGHT + 10, ends[i] + 16, `${price} dollars`, { fill: QUIET, 'font-size': 12 }),
				text(RIGHT + 10, ends[i] + 30, `margin ${percents(margin(symbol, blocks.at(-1)))}`, { fill: QUIET, 'font-size': 12 }),
			];
		}),
	].join('');
}

/** Health at the maintenance level in percent of the deposits, where the account has any debt. */
function health({ view }) {
	const sum = side => view.balances.reduce((all, balance) => (balance.side === side ? all + toNumber(balance.value) : all), 0);
	return view && sum('Debt') > 0 && sum('Deposit') > 0 ? (100 * toNumber(view.maintenance)) / sum('Deposit') : undefined;
}

function healthPanel(blocks, steps, traders, x) {
	const y = scale([SICKEST, HEALTHIEST], [HEALTH.bottom, HEALTH.top]);
	const clipped = value => y(Math.max(SICKEST, Math.min(HEALTHIEST, value)));
	// While positions are opened the candles stand still: the lines begin when they move.
	const moving = blocks.slice(blocks.findLastIndex(({ time }) => time <= WINDOW.from));
	const lines = chosen(steps, traders)
		.map((trader, i) => ({ trader, colour: ACCOUNT_COLOURS[i], points: healthLine(moving, trader, x, clipped) }))
		.filter(({ points }) => points.length > 1);
	return [
		panel(HEALTH, ['Health', 'maintenance, in percent', 'of the deposits; below 0', 'an account is liquidated'], y, [0, 10, 20, 30, 40, 50], ' %'),
		...lines.map(({ points, colour }) => polyline(points, { stroke: colour, 'stroke-width': 1.8 })),
		...steps
			.filter(step => lines.some(({ trader }) => trader === step.trader))
			.map(step => marker(x(step.block.time), y(0), step.door)),
		...labels(lines),
	].join('');
}

function healthLine(blocks, trader, x, y) {
	return blocks
		.map(({ time, accounts }) => [x(time), health(accounts.get(trader.who.address))])
		.filter(([, value]) => value !== undefined)
		.map(([at, value]) => [at, y(value)]);
}

/** A name at the end of each line. Lines that end close to each other share a column of names. */
function labels(lines) {
	const columns = [];
	for (const line of lines.toSorted((a, b) => b.points.at(-1)[0] - a.points.at(-1)[0])) {
		const end = line.points.at(-1)[0];
		const column = columns.find(({ from }) => from - end < 60);
		if (column) column.lines.push(line);
		else columns.push({ from: end, lines: [line] });
	}
	return columns.flatMap(({ from, lines }) => {
		const heights = apart(lines.map(({ points }) => points.at(-1)[1]), 15, HEALTH.bottom + 2);
		const look = { 'font-weight': 'bold', 'font-size': 12, stroke: '#ffffff', 'stroke-width': 3, 'paint-order': 'stroke' };
		return lines.map(({ trader, colour }, i) => text(from + 16, heights[i] + 4, trader.name, { ...look, fill: colour }));
	});
}

/** Some that were liquidated, through either door, and some that were not. */
function chosen(steps, traders) {
	const first = trader => steps.find(step => step.trader === trader);
	const by = door => traders.filter(trader => first(trader)?.door === door);
	const spared = traders.filter(trader => !first(trader)).sort((a, b) => Boolean(b.neutral) - Boolean(a.neutral));
	const late = by('Chain');
	const picks = new Set([...by('Keeper').slice(0, 3), ...late.slice(0, 1), ...late.slice(-1), ...spared]);
	return [...picks].slice(0, SHOWN);
}

/** What the house has at auction, who takes it, and what stands for its losses. */
function housePanel({ blocks, sales }, x) {
	const most = Math.max(1, ...blocks.map(({ onOffer }) => onOffer));
	const tick = 10 ** Math.floor(Math.log10(most));
	const step = most / tick > 5 ? 2 * tick : most / tick > 2 ? tick : tick / 2;
	const marks = [];
	for (let mark = 0; mark < most + step; mark += step) marks.push(mark);
	const y = scale([0, marks.at(-1)], [HOUSE.bottom, HOUSE.top]);
	const outline = blocks.map(({ time, onOffer }) => [x(time), y(onOffer)]);
	const area = [[outline[0][0], HOUSE.bottom], ...outline, [outline.at(-1)[0], HOUSE.bottom]];
	const whole = value => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
	const { fund } = blocks.at(-1);
	const said = [['fund', fund.value], ['deficit', fund.deficits]].map(([name, value]) => `${name} ${whole(toNumber(value))}`);
	return [
		panel(HOUSE, ['House', 'thousand dollars', 'at auction'], value => y(value * 1_000), marks.map(mark => mark / 1_000), ''),
		polyline(area, { fill: '#64748b', 'fill-opacity': 0.25 }),
		polyline(outline, { stroke: '#64748b', 'stroke-width': 1.5 }),
		...sales.map(({ block, buyer }) => saleMark(x(block.time), y(block.onOffer), buyer)),
		text(RIGHT + 10, HOUSE.top + 14, 'dollars, at the end', { fill: QUIET, 'font-size': 12 }),
		...said.map((words, i) => text(RIGHT + 10, HOUSE.top + 32 + 16 * i, words, { fill: FUND, 'font-size': 12 })),
	].join('');
}

/** A sale of the house. */
function saleMark(x, y, buyer) {
	return element('circle', { cx: x, cy: y, r: 3.5, fill: BUYERS[buyer], stroke: '#ffffff', 'stroke-width': 1 });
}

function traderPanel(blocks, steps, traders, x) {
	const title = text(LEFT - 12, TRADERS_TOP - 22, 'Traders', { 'text-anchor': 'end', 'font-weight': 'bold' });
	const note = text(RIGHT + 10, TRADERS_TOP - 22, 'dollars, in and out', { fill: QUIET, 'font-size': 12 });
	const rows = traders.map((trader, i) => {
		const y = TRADERS_TOP + i * ROW;
		const alive = blocks.filter(block => block.accounts.get(trader.who.address)?.view?.equity >= ONE);
		const own = steps.filter(step => step.trader === trader);
		const round = value => value.toLocaleString('en-US', { maximumFractionDigits: 0 });
		const end = round(toNumber(trader.home, USDC.decimals));
		return [
			text(LEFT - 12, y + 4, `${trader.name}, ${describe(trader).replace(' (neutral)', '')}`, { 'text-anchor': 'end', 'font-size': 12 }),
			alive.length > 0 ? line(x(alive[0].time), y, x(alive.at(-1).time), y, { stroke: '#9ca3af', 'stroke-width': 3, 'stroke-linecap': 'round' }) : '',
			...own.map(step => marker(x(step.block.time), y, step.door)),
			text(RIGHT + 10, y + 4, `${round(trader.equity)} \u2192 ${end}`, { 'font-size': 12, fill: QUIET }),
		].join('');
	});
	return [title, note, ...rows].join('');
}

/** A step: a circle for the keeper, a diamond for the chain. */
function marker(x, y, door) {
	const look = { fill: DOORS[door], stroke: '#ffffff', 'stroke-width': 1.2 };
	return door === 'Keeper'
		? element('circle', { cx: x, cy: y, r: 5, ...look })
		: element('path', { d: `M${x.toFixed(1)} ${(y - 6.5).toFixed(1)}l6.5 6.5l-6.5 6.5l-6.5 -6.5z`, ...look });
}

function legend(y) {
	const entries = [
		['Keeper', 'a step by the keeper: an unsigned extrinsic'],
		['Chain', 'a step by the chain itself'],
	].map(([door, words]) => [at => marker(at, y, door), words]);
	const sales = [
		['Taker', 'a take of the market maker'],
		['Market', 'a sale to the AMM'],
	].map(([buyer, words]) => [at => saleMark(at, y, buyer), words]);
	let at = LEFT + 6;
	return [...entries, ...sales]
		.map(([mark, words]) => {
			const drawn = mark(at) + text(at + 14, y + 4, words, { 'font-size': 12 });
			at += 46 + 6.2 * words.length;
			return drawn;
		})
		.join('');
}
