// What the margin system says about itself, as plain numbers.

import { u8aConcat, u8aToHex } from '@polkadot/util';
import { encodeAddress, xxhashAsHex } from '@polkadot/util-crypto';
import { ASSETS, assetOf, fixed, toNumber } from './amounts.mjs';
import { sudo } from './accounts.mjs';

/** Storage key of the switch of the chain's own liquidations. */
const CHAIN_DOOR = xxhashAsHex(':ChainLiquidates:', 128);

/** The levels at which an account is judged. */
const LEVELS = ['initial', 'target', 'maintenance'];

const optional = option => (option.isSome ? option.unwrap().toBigInt() : undefined);

/**
 * An account's breakdown from the runtime API, or undefined when there is none. Amounts in smallest units, values,
 * prices and leverage with 18 decimals.
 *
 * @param {object} at the state of a block, or the api for the newest
 */
export async function accountOf(at, who, sub = 0) {
	const answer = await at.call.marginApi.account(who.address ?? who, sub);
	return answer.isSome ? viewed(answer.unwrap()) : undefined;
}

/** An account's breakdown as numbers, from whichever call of the runtime API gave it. */
export function viewed(view) {
	return {
		mode: view.mode.type,
		round: view.round.toNumber(),
		balances: view.balances.map(balance => ({
			asset: assetOf(balance.asset),
			side: balance.side.type,
			amount: balance.amount.toBigInt(),
			value: balance.value.toBigInt(),
			liquidationPrice: optional(balance.liquidationPrice),
		})),
		initial: view.initialHealth.toBigInt(),
		target: view.targetHealth.toBigInt(),
		maintenance: view.maintenanceHealth.toBigInt(),
		equity: view.equity.toBigInt(),
		leverage: optional(view.leverage),
	};
}

/** The balance of an account in an asset, if it has one. */
export function balanceIn(account, asset) {
	return account.balances.find(balance => balance.asset === asset);
}

/** All prices by symbol: `live`, `stable`, `candidate` (18 decimals), `verdict`, `updatedAt` (milliseconds). */
export async function pricesOf(at) {
	const views = await at.call.marginApi.prices();
	const price = view => ({
		live: view.live.toBigInt(),
		stable: view.stable.toBigInt(),
		candidate: optional(view.candidate),
		verdict: view.verdict.type,
		updatedAt: view.updatedAt.toNumber(),
	});
	return Object.fromEntries(views.map(view => [assetOf(view.asset).symbol, price(view)]));
}

/**
 * All pools by symbol, amounts in smallest units, rates and ratios with 18 decimals. `margin` is in force, `path` where the
 * maintenance margin is going.
 */
export async function poolsOf(at) {
	const views = await at.call.marginApi.pools();
	const fields = ['liquidity', 'deposits', 'debt', 'reserves', 'deficit', 'utilisation', 'borrowRate', 'supplyRate', 'fund'];
	const pool = view => ({
		...Object.fromEntries(fields.map(field => [field, view[field].toBigInt()])),
		margin: Object.fromEntries(LEVELS.map(level => [level, view.margin[level].toBigInt()])),
		path: pathOf(view.path),
	});
	return Object.fromEntries(views.map(view => [assetOf(view.asset).symbol, pool(view)]));
}

/** Where a maintenance margin comes from and goes to, and when; undefined when it is the listed one. */
function pathOf(option) {
	if (option.isNone) return undefined;
	const path = option.unwrap();
	const [ratios, times] = [['required', 'from', 'to'], ['since', 'until']];
	return Object.fromEntries([
		...ratios.map(field => [field, path[field].toBigInt()]),
		...times.map(field => [field, path[field].toNumber()]),
	]);
}

/** What predictive models make of each asset's margin, by symbol: undefined where nobody has reported. */
export async function multipliersOf(at) {
	const views = await at.call.marginApi.multipliers();
	const multiplier = view => ({
		multiplier: view.multiplier.toBigInt(),
		median: optional(view.median),
		reports: view.reports.toNumber(),
		shadow: view.shadow.isTrue,
	});
	return Object.fromEntries(views.map(view => [assetOf(view.key).symbol, multiplier(view)]));
}

/** What is on offer, by symbol of the asset: amounts in smallest units, prices with 18 decimals, undefined if there is none. */
export async function auctionsOf(at) {
	const views = await at.call.marginApi.auctions();
	const auction = view => ({
		asset: assetOf(view.asset),
		round: view.round.toNumber(),
		onOffer: view.onOffer.toBigInt(),
		price: optional(view.price),
		floor: optional(view.floor),
		step: view.step.toNumber(),
		live: view.live.toBigInt(),
	});
	return Object.fromEntries(views.map(view => [assetOf(view.asset).symbol, auction(view)]));
}

/** What may be paid with at the auctions, and how much of it. */
export async function paymentsOf(at) {
	const views = await at.call.marginApi.payments();
	return views.map(view => ({ asset: assetOf(view.asset), most: view.most.toBigInt(), price: optional(view.price) }));
}

/** What stands for losses, in dollars with 18 decimals. */
export async function fundOf(at) {
	const view = (await at.call.marginApi.fund()).unwrap();
	const fields = ['value', 'debts', 'houseDebts', 'houseInventory', 'line', 'deficits'];
	return Object.fromEntries(fields.map(field => [field, view[field].toBigInt()]));
}

/** Accounts below maintenance among the first thousand candidates of the trigger index, with bucket, round and health. */
export async function atRisk(at) {
	const [rows] = await at.call.marginApi.atRisk(null, 1_000);
	return rows.map(([{ bucket, owner, sub }, round, health]) => ({
		bucket: bucket.toHex(),
		owner: owner.toString(),
		sub: sub.toNumber(),
		round: round.toNumber(),
		health: health.toBigInt(),
	}));
}

/** The bucket of the trigger index that an account is filed in, undefined when it owes nothing. */
export async function bucketOf(at, who, sub = 0) {
	const { filed } = (await at.query.margin.accounts(who.address ?? who, sub)).unwrap();
	return filed.isSome ? filed.unwrap().toHex() : undefined;
}

/** What is stored of an account, to be compared, but for its place in the trigger index: the chain files it anew at will. */
export function storedOf(account) {
	return JSON.stringify({ ...account.toJSON(), filed: undefined });
}

/** Whether every asset's price may be acted upon. */
export function allUsable(prices) {
	return ASSETS.every(({ symbol }) => prices[symbol]?.verdict === 'Usable');
}

/** Most that an account's own size makes of the ratios, and a whole system's exposure of the initial one. */
const MOST = { initial: 0.5, target: 0.5, maintenance: 0.2 };
const MOST_BY_EXPOSURE = 0.95;

/**
 * The margin ratio of so much of an asset on one side of an account, as a function of side, amount and level, by symbol.
 * Worked out here from the records and pools, as ordinary numbers.
 */
export async function marginsOf(at) {
	const [entries, pools, now] = await Promise.all([
		at.query.margin.assets.entries(),
		poolsOf(at),
		at.query.timestamp.now(),
	]);
	return Object.fromEntries(
		entries.map(([key, record]) => {
			const { symbol } = assetOf(key.args[0]);
			const { config, path } = record.unwrap();
			return [symbol, marginOf(config, inForce(config.margin, pathOf(path), now.toNumber()), pools[symbol])];
		}),
	);
}

/** The ratios of a small position: those listed, or what volatility asks for where that is more. */
function inForce(margin, path, now) {
	const listed = Object.fromEntries(LEVELS.map(level => [level, toNumber(margin[level].toBigInt())]));
	if (!path) return listed;
	const [required, from, to] = [path.required, path.from, path.to].map(ratio => toNumber(ratio));
	const gone = Math.min(1, Math.max(0, (now - path.since) / Math.max(1, path.until - path.since)));
	const maintenance = Math.max(listed.maintenance, from + (to - from) * gone);
	const asked = Math.max(required, maintenance);
	const target = Math.max(listed.target, Math.min(MOST.target, (maintenance * listed.target) / listed.maintenance));
	const initial = asked * Math.max(2, listed.initial / listed.maintenance);
	return { maintenance, target, initial: Math.max(listed.initial, target, Math.min(MOST.initial, initial)) };
}

function marginOf({ sizeScale, exposureStart }, ratios, pool) {
	const least = ratios.maintenance;
	return (side, amount, level) => {
		const listed = ratios[level];
		const total = Number(side === 'Deposit' ? pool.deposits : pool.debt);
		const crowd = level === 'initial' ? Math.max(1, total / Number(exposureStart.toBigInt())) : 1;
		const crowded = Math.max(listed, Math.min(MOST_BY_EXPOSURE, listed * crowd));
		const size = Math.min(1 + Number(amount) / Number(sizeScale.toBigInt()), Math.max(MOST.maintenance, least) / least);
		return Math.max(crowded, Math.min(MOST[level], crowded * size));
	};
}

/**
 * Health at a level, worked out here and not asked for: the sum of deposits less their margin, less debts and theirs.
 * Ordinary numbers, so good to a millionth.
 *
 * @param {object} account from `accountOf`
 * @param {'initial'|'target'|'maintenance'} level
 * @param {object} margins from `marginsOf`
 * @param {(symbol: string) => number} price dollars of a whole unit
 */
export function healthOf(account, level, margins, price) {
	return account.balances.reduce((sum, { asset, side, amount }) => {
		const value = toNumber(amount, asset.decimals) * price(asset.symbol);
		const ratio = margins[asset.symbol](side, amount, level);
		return side === 'Deposit' ? sum + value * (1 - ratio) : sum - value * (1 + ratio);
	}, 0);
}

/** The account that holds the pools' tokens. */
export function palletAccount(api) {
	const id = api.consts.margin.palletId.toU8a();
	return encodeAddress(u8aConcat('modl', id, new Uint8Array(28 - id.length)), api.registry.chainSS58);
}

/** Opens or closes the chain's own door to liquidations. */
export async function setChainDoor(api, open) {
	await sudo(api, api.tx.system.setStorage([[CHAIN_DOOR, u8aToHex(Uint8Array.of(open ? 1 : 0))]]));
}

/** Reads a `Liquidated` event. */
export function liquidation(data) {
	const moved = list => list.map(([asset, amount]) => ({ asset: assetOf(asset), amount: amount.toBigInt() }));
	return {
		owner: data.owner.toString(),
		sub: data.sub.toNumber(),
		round: data.round.toNumber(),
		door: data.door.type,
		repaid: moved(data.repaid),
		taken: moved(data.taken),
		penalty: data.penalty.toBigInt(),
		equityBefore: data.equityBefore.toBigInt(),
		equityAfter: data.equityAfter.toBigInt(),
	};
}

/** Whether two prices are within a few basis points of each other. */
export function near(price, dollars, points = 10n) {
	const wanted = typeof dollars === 'bigint' ? dollars : fixed(dollars);
	const distance = price > wanted ? price - wanted : wanted - price;
	return distance * 10_000n <= wanted * points;
}

/** The unsigned liquidation of an account in `round`, found after the best block. */
export async function unsignedLiquidation(api, owner, sub, round) {
	const { number, hash } = await api.rpc.chain.getHeader();
	return api.tx.margin.liquidateUnsigned(owner, sub, round, number.toNumber(), hash);
}

/**
 * The unsigned liquidation of a page of the trigger index, found after the best block: `count` accounts from the first of
 * a bucket on, or behind the account `after`, as owner and number.
 */
export async function unsignedPage(api, bucket, count, after = null) {
	const { number, hash } = await api.rpc.chain.getHeader();
	return api.tx.margin.liquidatePage([bucket, after], count, number.toNumber(), hash);
}
