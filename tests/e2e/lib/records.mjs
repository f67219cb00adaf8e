// What is stored, written past the rules that it changes by: for tests, which have no days to wait.

import { sudo } from './accounts.mjs';

/**
 * Writes an asset's parameters. The pool beside them is written back as it was before, so nobody may owe or hold more in
 * between.
 *
 * @param {import('@polkadot/api').ApiPromise} api
 * @param {object} asset one of `amounts.mjs`
 * @param {(config: object) => object} change gets the parameters and answers with those that are others
 * @returns {Promise<() => Promise<void>>} writes the record back as it was
 */
export async function rewrite(api, asset, change) {
	const record = (await api.query.margin.assets(asset.id)).unwrap();
	const config = { ...Object.fromEntries(record.config.entries()), ...change(record.config) };
	const changed = api.createType(typeOf(api, api.query.margin.assets), { ...Object.fromEntries(record.entries()), config });
	await put(api, api.query.margin.assets, asset.id, changed);
	return () => put(api, api.query.margin.assets, asset.id, record);
}

/** The type of what a storage item, or an entry of a storage map, holds. */
export function typeOf(api, item) {
	const { type } = item.creator.meta;
	return api.registry.createLookupType(type.isMap ? type.asMap.value : type.asPlain);
}

/** Writes a storage item, or the entry of a storage map under a key. */
export async function put(api, item, key, value) {
	await sudo(api, api.tx.system.setStorage([[key === undefined ? item.key() : item.key(key), value.toHex()]]));
}
