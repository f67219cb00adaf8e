// What happens in the demonstration, and when: the replay's window, the doors, and who arrives.

import { BTC, DOT, ETH } from '../lib/amounts.mjs';

const utc = (day, hour, minute = 0) => Date.UTC(2020, 2, day, hour, minute) / 1_000;

/** The part of the replay that is shown: 19 hours in 8 minutes, so that a block of 2 seconds is 5 minutes of candles. */
export const WINDOW = { from: utc(12, 6), to: utc(13, 1), speed: 150 };

/** A step of the margins, in milliseconds: five minutes of candles, as on a chain whose time is not compressed. */
export const MARGIN_STEP = 300_000 / WINDOW.speed;

/** A round of an auction in the demonstration, in milliseconds: the shortest that the chain allows, as time is compressed. */
export const ROUND = 10_000;

/** From this moment of the candles on, the chain's own door is open beside the keeper's. */
export const CHAIN_DOOR_FROM = utc(12, 18);

const long = (asset, leverage) => [{ asset, side: 'long', leverage }];
const short = (asset, leverage) => [{ asset, side: 'short', leverage }];

/**
 * The traders: each brings so many dollars of USDC and takes positions of so many times that. Those who arrive late find
 * an initial margin of up to 50 %, which allows a leverage of 2.
 *
 * The neutral one is long DOT and short ETH by the same amount; the two move together here, so the fall costs nothing.
 */
export const TRADERS = [
	{ name: 'Ada', arrives: WINDOW.from, equity: 10_000, positions: long(BTC, 2) },
	{ name: 'Boris', arrives: WINDOW.from, equity: 10_000, positions: long(BTC, 3) },
	{ name: 'Chen', arrives: WINDOW.from, equity: 8_000, positions: long(BTC, 5) },
	{ name: 'Dalia', arrives: WINDOW.from, equity: 5_000, positions: long(BTC, 8) },
	{ name: 'Emre', arrives: WINDOW.from, equity: 2_000, positions: long(BTC, 10) },
	{ name: 'Freya', arrives: WINDOW.from, equity: 8_000, positions: long(ETH, 3) },
	{ name: 'Goran', arrives: WINDOW.from, equity: 5_000, positions: long(ETH, 7) },
	{ name: 'Hana', arrives: WINDOW.from, equity: 5_000, positions: long(DOT, 4) },
	{ name: 'Ivo', arrives: WINDOW.from, equity: 8_000, positions: short(BTC, 4) },
	{ name: 'Jun', arrives: WINDOW.from, equity: 4_000, positions: short(ETH, 7) },
	{ name: 'Kaya', arrives: WINDOW.from, equity: 8_000, positions: [...short(ETH, 2), ...long(DOT, 2)], neutral: true },
	{ name: 'Liam', arrives: utc(12, 13), equity: 5_000, positions: long(BTC, 2) },
	{ name: 'Mira', arrives: utc(12, 15), equity: 6_000, positions: long(ETH, 2) },
	{ name: 'Noor', arrives: utc(12, 18, 30), equity: 8_000, positions: long(BTC, 2) },
];

/** What a trader's position is called: `BTC long 5x`. */
export function describe({ positions, neutral }) {
	const names = positions.map(({ asset, side, leverage }) => `${asset.symbol} ${side} ${leverage}x`);
	return neutral ? `${names.join(' + ')} (neutral)` : names.join(' + ');
}
