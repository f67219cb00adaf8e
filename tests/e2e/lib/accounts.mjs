// Keys: the development chain's own, and fresh ones that its rich account funds.

import { Keyring } from '@polkadot/keyring';
import { cryptoWaitReady, randomAsU8a } from '@polkadot/util-crypto';
import { MRG, units } from './amounts.mjs';
import { event, nameOf, send, sendAll } from './tx.mjs';

/** Native tokens that a fresh account gets for its fees. */
const FOR_FEES = units(MRG, 100);

await cryptoWaitReady();
const keyring = new Keyring({ type: 'sr25519' });

/** A development key, such as `wellKnown('Alice')`. */
export function wellKnown(name) {
	return keyring.addFromUri(`//${name}`);
}

/** Holds everything and is sudo on the development chain. */
export const alice = wellKnown('Alice');

/** A key that nobody has seen before. */
export function fresh(name) {
	return keyring.addFromSeed(randomAsU8a(32), { name });
}

/**
 * Gives fresh accounts what they need: fees, and assets out of Alice's.
 *
 * @param {Array<{who: object, assets: Array<[object, bigint]>}>} wants
 */
export async function fund(api, wants) {
	await sendAll(
		api,
		alice,
		wants.flatMap(({ who, assets }) => [
			api.tx.balances.transferKeepAlive(who.address, FOR_FEES),
			...assets.map(([asset, amount]) => api.tx.assets.transfer(asset.id, who.address, amount)),
		]),
	);
}

/** A fresh account with fees and assets, such as `funded(api, [USDC, units(USDC, 1000)])`. */
export async function funded(api, ...assets) {
	const who = fresh();
	await fund(api, [{ who, assets }]);
	return who;
}

/** Does something as root. */
export async function sudo(api, call) {
	const { events } = await send(api, alice, api.tx.sudo.sudo(call));
	const [result] = event(events, 'sudo', 'Sudid');
	if (result.isErr) throw new Error(`root was refused: ${nameOf(api, result.asErr).name}`);
}
