// Time that is compressed: margins that take their steps of five minutes in a second or two.

import { xxhashAsHex } from '@polkadot/util-crypto';
import { sudo } from './accounts.mjs';
import { assetOf } from './amounts.mjs';
import { typeOf } from './records.mjs';

/** Storage key of a parameter of the runtime. */
const parameter = name => xxhashAsHex(`:${name}:`, 128);

/**
 * Lets margins move faster than by five minutes at a time, from now on. Prices must not have come in yet, and nobody may
 * owe anything.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {object} pace
 * @param {number} [pace.stretch] milliseconds that a margin goes on one straight line
 * @param {number} [pace.bucket] milliseconds of prices that make one step of the volatility
 */
export async function setPace(api, { stretch, bucket }) {
	const milliseconds = number => api.createType('u64', number).toHex(true);
	const entries = [];
	if (bucket) entries.push([parameter('VolatilityBucket'), milliseconds(bucket)]);
	if (stretch) {
		const { assets, marginsDue } = api.query.margin;
		entries.push([parameter('MarginStretch'), milliseconds(stretch)], [marginsDue.key(), milliseconds(0)]);
		// Those that are on their way have begun a stretch of the old length.
		for (const [key, record] of await assets.entries()) {
			const still = { ...Object.fromEntries(record.unwrap().entries()), path: null };
			entries.push([assets.key(assetOf(key.args[0]).id), api.createType(typeOf(api, assets), still).toHex()]);
		}
	}
	await sudo(api, api.tx.system.setStorage(entries));
}

/** Starts something while no prices come in, and lets them in then. */
export async function beforePrices(source, act) {
	const all = silent => source.control({ venues: Object.fromEntries(source.venues.map((_, venue) => [venue, { silent }])) });
	await all(true);
	const result = await act();
	await all(false);
	return result;
}
