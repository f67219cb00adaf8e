// Assets, amounts in their smallest units, and values in dollars with 18 decimals.

/** The chain's native token, which pays the fees. */
export const MRG = { id: 0, symbol: 'MRG', decimals: 12 };
export const USDC = { id: 1, symbol: 'USDC', decimals: 6 };
export const BTC = { id: 2, symbol: 'BTC', decimals: 8 };
export const ETH = { id: 3, symbol: 'ETH', decimals: 18 };
export const DOT = { id: 4, symbol: 'DOT', decimals: 10 };

/** The assets that margin accounts may hold. */
export const ASSETS = [USDC, BTC, ETH, DOT];

/** Decimals of prices, ratios and values. */
export const PLACES = 18;
/** One dollar, or a ratio of one. */
export const ONE = 10n ** 18n;
/** The largest amount: as much as there is. */
export const ALL = (1n << 128n) - 1n;

/** The asset of an id. */
export function assetOf(id) {
	const asset = [MRG, ...ASSETS].find(asset => asset.id === Number(id));
	if (!asset) throw new Error(`asset ${id} is not known here`);
	return asset;
}

/** A decimal such as `'1.5'` or `1.5`, as a whole number of 10^-decimals. What is behind that is cut off. */
export function scaled(decimal, decimals) {
	const text = typeof decimal === 'number' ? decimal.toFixed(Math.min(decimals, 15)) : `${decimal}`;
	const match = text.match(/^(-?)(\d+)(?:\.(\d*))?$/);
	if (!match) throw new Error(`${decimal} is not a decimal`);
	const [, sign, whole, rest = ''] = match;
	const digits = BigInt(whole + rest.slice(0, decimals).padEnd(decimals, '0'));
	return sign ? -digits : digits;
}

/** So many whole units of an asset, in its smallest unit. */
export function units(asset, whole) {
	return scaled(whole, asset.decimals);
}

/** A number with 18 decimals from a decimal. */
export function fixed(decimal) {
	return scaled(decimal, PLACES);
}

/** A whole number of 10^-decimals as an ordinary number, for people and pictures, never for books. */
export function toNumber(raw, decimals = PLACES) {
	return Number(raw) / 10 ** decimals;
}

/** Dollars with cents and thousands, from 18 decimals. */
export function dollars(value) {
	const number = toNumber(value);
	return number.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}
